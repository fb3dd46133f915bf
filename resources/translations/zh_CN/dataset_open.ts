<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="zh_CN">
 <context>
  <name>DatasetTab</name>
  <message><source>&amp;File…</source><translation>文件(&amp;F)…</translation></message>
  <message><source>F&amp;older of pictures…</source><translation>图片文件夹(&amp;O)…</translation></message>
  <message><source>&amp;Recent…</source><translation>最近打开(&amp;R)…</translation></message>
  <message><source>&amp;Export</source><translation>导出(&amp;E)</translation></message>
  <message><source>As a FER2013 &amp;CSV file…</source><translation>导出为 FER2013 CSV 文件(&amp;C)…</translation></message>
  <message><source>As &amp;folders of pictures…</source><translation>导出为图片文件夹(&amp;F)…</translation></message>
 </context>
 <context>
  <name>DatasetOpener</name>
  <message><source>Open a data set</source><translation>打开数据集</translation></message>
  <message><source>FER2013 files (*.csv *.gz *.zip);;All files (*)</source><translation>FER2013 文件 (*.csv *.gz *.zip);;所有文件 (*)</translation></message>
  <message><source>Open a folder of pictures</source><translation>打开图片文件夹</translation></message>
  <message><source>Looking at {name}…</source><translation>正在查看 {name}…</translation></message>
 </context>
 <context>
  <name>Kinds</name>
  <message><source>FER2013 CSV</source><translation>FER2013 CSV</translation></message>
  <message><source>FER+ folders</source><translation>FER+ 文件夹</translation></message>
  <message><source>Folders of pictures by class</source><translation>按类别分的图片文件夹</translation></message>
  <message><source>Photos without labels</source><translation>没有标签的照片</translation></message>
 </context>
 <context>
  <name>OpenDatasetDialog</name>
  <message><source>Open a data set</source><translation>打开数据集</translation></message>
  <message><source>Classes of the data set and what they become</source><translation>数据集的类别及其对应的表情</translation></message>
  <message><source>Join FER+ &amp;votes (ten people's answers for the same images; no label is changed)</source><translation>加入 FER+ 投票(&amp;V)（十人对同一图像的回答；不改变标签）</translation></message>
  <message><source>File with FER+ votes</source><translation>FER+ 投票文件</translation></message>
  <message><source>Name the file with the votes, or take the tick away.</source><translation>请指定投票文件，或取消勾选。</translation></message>
  <message><source>There is no file with votes at {path}.</source><translation>{path} 没有投票文件。</translation></message>
  <message><source>none</source><translation>无</translation></message>
  <message><source>Choose the file with FER+ votes (fer2013new.csv)</source><translation>选择 FER+ 投票文件（fer2013new.csv）</translation></message>
  <message><source>Choose the file with FER+ votes</source><translation>选择 FER+ 投票文件</translation></message>
  <message><source>Open</source><translation>打开</translation></message>
  <message><source>Cancel</source><translation>取消</translation></message>
  <message><source>{number} photos; faces are looked for while reading</source><translation>{number} 张照片；读取时寻找人脸</translation></message>
  <message><source>{number} images</source><translation>{number} 张图像</translation></message>
  <message><source>about {number} images</source><translation>约 {number} 张图像</translation></message>
  <message><source>Class there</source><translation>原类别</translation></message>
  <message><source>Expression here</source><translation>对应表情</translation></message>
  <message><source>Leave out</source><translation>不使用</translation></message>
  <message><source>Expression for {name}</source><translation>{name} 对应的表情</translation></message>
  <message><source>Say for at least one class which expression it is.</source><translation>请至少为一个类别指定表情。</translation></message>
  <message><source>FER+ votes</source><translation>FER+ 投票</translation></message>
  <message><source>FER+ votes (*.csv);;All files (*)</source><translation>FER+ 投票 (*.csv);;所有文件 (*)</translation></message>
 </context>
 <context>
  <name>RecentDatasetsDialog</name>
  <message><source>Recent data sets</source><translation>最近的数据集</translation></message>
  <message><source>No data set was opened yet.</source><translation>还没有打开过数据集。</translation></message>
  <message><source>Name</source><translation>名称</translation></message>
  <message><source>Kind</source><translation>类型</translation></message>
  <message><source>Images</source><translation>图像</translation></message>
  <message><source>Opened</source><translation>打开时间</translation></message>
  <message><source>Open</source><translation>打开</translation></message>
  <message><source>Rename…</source><translation>重命名…</translation></message>
  <message><source>Forget</source><translation>移除</translation></message>
  <message><source>Take it from this list; the data set itself stays where it is</source><translation>从此列表移除；数据集本身保留原处</translation></message>
  <message><source>Close</source><translation>关闭</translation></message>
  <message><source>{path} is not there any more; put it back, or forget it.</source><translation>{path} 已不存在；请放回原处，或将其移除。</translation></message>
  <message><source>Rename</source><translation>重命名</translation></message>
  <message><source>Name of the data set</source><translation>数据集名称</translation></message>
 </context>
</TS>
