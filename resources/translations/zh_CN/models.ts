<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>Models</name>
  <message>
   <source>LeNet</source>
   <translation>LeNet</translation>
  </message>
  <message>
   <source>Two convolutions, two poolings and three linear layers: small, fast, and the least accurate network here.</source>
   <translation>两个卷积层、两个池化层和三个全连接层：小而快，也是这里准确率最低的网络。</translation>
  </message>
  <message>
   <source>VGG-9 with dropout in its blocks</source>
   <translation>VGG-9（块内 dropout）</translation>
  </message>
  <message>
   <source>VGG-9 with half of the values dropped after every convolution: the report found that it does not converge.</source>
   <translation>每个卷积层之后随机丢弃一半数值的 VGG-9。报告发现它无法收敛。</translation>
  </message>
  <message>
   <source>ResNet-11</source>
   <translation>ResNet-11</translation>
  </message>
  <message>
   <source>A wide first convolution and four residual blocks with batch normalisation. Quick, but it shrinks a 48-pixel face to 12 pixels before the first block.</source>
   <translation>一个大卷积核的首层和四个带批归一化的残差块。速度快，但在第一个块之前就把 48 像素的人脸缩小到 12 像素。</translation>
  </message>
 </context>
</TS>
