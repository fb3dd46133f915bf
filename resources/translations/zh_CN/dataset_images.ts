<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>DatasetEditsController</name>
  <message>
   <source>Your corrections could not be saved in {path} ({reason}); they are kept while Mien is open. Make room or allow writing there, then make another correction.</source>
   <translation>无法把您的修改保存到 {path}（{reason}）；Mien 关闭之前这些修改会保留。请腾出空间或允许写入，然后再做一次修改。</translation>
  </message>
  <message>
   <source>Taken back: {change}.</source>
   <translation>已撤销：{change}。</translation>
  </message>
 </context>
 <context>
  <name>EditTexts</name>
  <message>
   <source>1 image excluded</source>
   <translation>排除了 1 张图像</translation>
  </message>
  <message>
   <source>{number} images excluded</source>
   <translation>排除了 {number} 张图像</translation>
  </message>
  <message>
   <source>1 image taken back in</source>
   <translation>恢复了 1 张图像</translation>
  </message>
  <message>
   <source>{number} images taken back in</source>
   <translation>恢复了 {number} 张图像</translation>
  </message>
  <message>
   <source>label of 1 image removed</source>
   <translation>去除了 1 张图像的标签</translation>
  </message>
  <message>
   <source>label of {number} images removed</source>
   <translation>去除了 {number} 张图像的标签</translation>
  </message>
  <message>
   <source>1 image relabelled as {label}</source>
   <translation>1 张图像改标为{label}</translation>
  </message>
  <message>
   <source>{number} images relabelled as {label}</source>
   <translation>{number} 张图像改标为{label}</translation>
  </message>
 </context>
 <context>
  <name>SampleTexts</name>
  <message>
   <source>No label</source>
   <translation>无标签</translation>
  </message>
  <message>
   <source>{split}, line {line}</source>
   <translation>{split}，第 {line} 行</translation>
  </message>
  <message>
   <source>exact repeat</source>
   <translation>完全重复</translation>
  </message>
  <message>
   <source>near repeat</source>
   <translation>近似重复</translation>
  </message>
  <message>
   <source>also in another split</source>
   <translation>也在另一划分中</translation>
  </message>
  <message>
   <source>blank</source>
   <translation>空白</translation>
  </message>
  <message>
   <source>very dark</source>
   <translation>非常暗</translation>
  </message>
  <message>
   <source>blurred</source>
   <translation>模糊</translation>
  </message>
  <message>
   <source>no face found</source>
   <translation>未找到人脸</translation>
  </message>
  <message>
   <source>no majority among the votes</source>
   <translation>投票无多数</translation>
  </message>
  <message>
   <source>tied votes</source>
   <translation>票数相同</translation>
  </message>
  <message>
   <source>suspected label error</source>
   <translation>疑似标签错误</translation>
  </message>
  <message>
   <source>relabelled</source>
   <translation>已改标</translation>
  </message>
  <message>
   <source>excluded</source>
   <translation>已排除</translation>
  </message>
 </context>
</TS>
