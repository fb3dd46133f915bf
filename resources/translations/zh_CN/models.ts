<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>Models</name>
  <message>
   <source>LightNet</source>
   <translation>LightNet</translation>
  </message>
  <message>
   <source>A small residual network, partly of depthwise-separable convolutions: a fortieth of VGG-9's weights and many times as fast. For weak computers and many faces.</source>
   <translation>小型残差网络，部分使用深度可分离卷积：权重只有 VGG-9 的四十分之一，速度快许多倍。适合性能较弱的电脑和画面中有许多人脸的情形。</translation>
  </message>
  <message>
   <source>Wide LightNet</source>
   <translation>宽 LightNet</translation>
  </message>
  <message>
   <source>LightNet with twice the channels: more accurate than VGG-9, with a tenth of its weights and in a quarter of the time.</source>
   <translation>通道数加倍的 LightNet：比 VGG-9 更准确，权重只有它的十分之一，用时只有它的四分之一。</translation>
  </message>
  <message>
   <source>Wide LightNet, 64 pixels</source>
   <translation>宽 LightNet（64 像素）</translation>
  </message>
  <message>
   <source>Wide LightNet on images enlarged from 48 to 64 pixels, so that every layer sees finer steps. The same weights, almost twice the time.</source>
   <translation>把图像从 48 像素放大到 64 像素的宽 LightNet，每一层都能看到更细的变化。权重数量相同，用时接近两倍。</translation>
  </message>
  <message>
   <source>Two-column LightNet</source>
   <translation>双列 LightNet</translation>
  </message>
  <message>
   <source>Two wide LightNets side by side under one linear layer; one of them sees the image enlarged to 64 pixels. Two that were trained one by one and joined are the Player's default, the most accurate network here; training both at once takes three times as long as one.</source>
   <translation>两个宽 LightNet 并列，共用一个全连接层；其中一个看到的是放大到 64 像素的图像。播放器的默认网络就是两个分别训练后再合并的网络，也是这里最准确的网络；同时训练两列需要单列三倍的时间。</translation>
  </message>
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
  <message>
   <source>EfficientNet-Lite0 (ImageNet)</source>
   <translation>EfficientNet-Lite0（ImageNet）</translation>
  </message>
  <message>
   <source>A small network that starts from weights learnt on ImageNet. At 96 pixels it can be fine-tuned without a GPU.</source>
   <translation>以 ImageNet 预训练权重为起点的小型网络。输入为 96 像素，没有 GPU 也能微调。</translation>
  </message>
  <message>
   <source>ResNet-18 (ImageNet)</source>
   <translation>ResNet-18（ImageNet）</translation>
  </message>
  <message>
   <source>Eighteen layers that start from weights learnt on ImageNet. Its images are enlarged to 224 pixels: fine-tuning it wants a GPU, or patience.</source>
   <translation>以 ImageNet 预训练权重为起点的十八层网络。图像会放大到 224 像素：微调需要 GPU，或者耐心。</translation>
  </message>
  <message>
   <source>VGG-11 (ImageNet)</source>
   <translation>VGG-11（ImageNet）</translation>
  </message>
  <message>
   <source>Eleven layers that start from weights learnt on ImageNet. Its images are enlarged to 224 pixels and its weights take 515 MB: it wants a GPU.</source>
   <translation>以 ImageNet 预训练权重为起点的十一层网络。图像会放大到 224 像素，权重占 515 MB：需要 GPU。</translation>
  </message>
 </context>
</TS>
