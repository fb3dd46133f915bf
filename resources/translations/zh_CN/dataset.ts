<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>ClassModel</name>
  <message>
   <source>Expression</source>
   <translation>表情</translation>
  </message>
  <message>
   <source>Share</source>
   <translation>占比</translation>
  </message>
  <message>
   <source>All</source>
   <translation>合计</translation>
  </message>
 </context>
 <context>
  <name>DatasetController</name>
  <message>
   <source>Open a data set</source>
   <translation>打开数据集</translation>
  </message>
  <message>
   <source>FER2013 files (*.csv *.gz *.zip);;All files (*)</source>
   <translation>FER2013 文件 (*.csv *.gz *.zip);;所有文件 (*)</translation>
  </message>
  <message>
   <source>the demo data set</source>
   <translation>演示数据集</translation>
  </message>
  <message>
   <source>Reading {name}…</source>
   <translation>正在读取 {name}…</translation>
  </message>
  <message>
   <source>{name} is open.</source>
   <translation>已打开 {name}。</translation>
  </message>
 </context>
 <context>
  <name>DatasetFacts</name>
  <message>
   <source>All expressions have about as many training images.</source>
   <translation>各种表情的训练图像数量大致相同。</translation>
  </message>
  <message>
   <source>No image repeats another one of its split.</source>
   <translation>同一划分内没有重复图像。</translation>
  </message>
  <message>
   <source>No image stands in two splits.</source>
   <translation>没有图像同时出现在两个划分中。</translation>
  </message>
  <message>
   <source>{number} images exactly repeat another one of their split, {conflicting} of them with another label.</source>
   <translation>{number} 张图像与同一划分内的其他图像完全相同，其中 {conflicting} 张标签不同。</translation>
  </message>
  <message>
   <source>{number} images of {later} also stand in {earlier}: scores there are too good.</source>
   <translation>{later}集中有 {number} 张图像也出现在{earlier}集中：那里的分数会偏高。</translation>
  </message>
  <message>
   <source>{smallest} is only {share} of the training images; {largest} has {ratio:.1f} times as many.</source>
   <translation>{smallest}只占训练图像的 {share}；{largest}是它的 {ratio:.1f} 倍。</translation>
  </message>
 </context>
 <context>
  <name>DatasetTab</name>
  <message>
   <source>No data set is open</source>
   <translation>尚未打开数据集</translation>
  </message>
  <message>
   <source>Open FER2013 as a CSV file, plain or packed, or a folder with pictures by expression, to see how many there are of each, which repeat, and what is doubtful. Or let Mien draw a small demo data set to try everything.</source>
   <translation>打开 FER2013 的 CSV 文件（可压缩），或按表情分类的图片文件夹，查看每种表情的数量、重复的图像和可疑之处。也可以让 Mien 画一个小型演示数据集来试用。</translation>
  </message>
  <message>
   <source>Open a data set</source>
   <translation>打开数据集</translation>
  </message>
  <message>
   <source>Draw the demo data set</source>
   <translation>绘制演示数据集</translation>
  </message>
  <message>
   <source>Looking for repeated images…</source>
   <translation>正在查找重复图像…</translation>
  </message>
  <message>
   <source>All expressions</source>
   <translation>全部表情</translation>
  </message>
  <message>
   <source>All splits</source>
   <translation>全部划分</translation>
  </message>
  <message>
   <source>Line</source>
   <translation>行</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>原因</translation>
  </message>
  <message>
   <source>Choose an image to see its pixels.</source>
   <translation>选择一张图像查看其像素。</translation>
  </message>
  <message>
   <source>{number} rows were left out</source>
   <translation>略过了 {number} 行</translation>
  </message>
  <message>
   <source>{number} images</source>
   <translation>{number} 张图像</translation>
  </message>
  <message>
   <source>{split}, line {line} of the file</source>
   <translation>{split}，文件第 {line} 行</translation>
  </message>
  <message>
   <source>Reading the data set</source>
   <translation>正在读取数据集</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Open…</source>
   <translation>打开…</translation>
  </message>
  <message>
   <source>Train on it</source>
   <translation>用它训练</translation>
  </message>
  <message>
   <source>Images by expression and split</source>
   <translation>按表情和划分统计的图像</translation>
  </message>
  <message>
   <source>Rows that were left out</source>
   <translation>略过的行</translation>
  </message>
  <message>
   <source>Show the expression</source>
   <translation>显示表情</translation>
  </message>
  <message>
   <source>Show the split</source>
   <translation>显示划分</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>Pixels of the image</source>
   <translation>图像的像素</translation>
  </message>
  <message>
   <source>As the network sees it</source>
   <translation>网络看到的样子</translation>
  </message>
 </context>
 <context>
  <name>SampleModel</name>
  <message>
   <source>{label}, {split}, line {line}</source>
   <translation>{label}，{split}，第 {line} 行</translation>
  </message>
 </context>
 <context>
  <name>DatasetTab</name>
  <message>
   <source>Overview</source>
   <translation>概览</translation>
  </message>
  <message>
   <source>Pages of the data set</source>
   <translation>数据集的页面</translation>
  </message>
 </context>
</TS>
