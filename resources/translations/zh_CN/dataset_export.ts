<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>DatasetTab</name>
  <message>
   <source>&amp;Classes and votes of this one…</source>
   <translation>当前数据集的类别和投票(&amp;C)…</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>Write the data set as a CSV file or as folders of pictures</source>
   <translation>将数据集写为 CSV 文件或图片文件夹</translation>
  </message>
 </context>
 <context>
  <name>DatasetExporter</name>
  <message>
   <source>{number} images were written to {path}.</source>
   <translation>已将 {number} 张图像写入 {path}。</translation>
  </message>
 </context>
 <context>
  <name>ExportDatasetDialog</name>
  <message>
   <source>Export the data set</source>
   <translation>导出数据集</translation>
  </message>
  <message>
   <source>One &amp;CSV file in the FER2013 form</source>
   <translation>一个 FER2013 格式的 CSV 文件(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Folders of pictures by split and expression</source>
   <translation>按划分和表情分类的图片文件夹(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;Where</source>
   <translation>保存位置(&amp;W)</translation>
  </message>
  <message>
   <source>Choose where to write</source>
   <translation>选择保存位置</translation>
  </message>
  <message>
   <source>Writing the data set</source>
   <translation>正在写入数据集</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>导出</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>With your corrections ({relabelled} images with another label, {excluded} excluded)</source>
   <translation>应用您的更正（{relabelled} 张图像改了标签，{excluded} 张被排除）</translation>
  </message>
  <message>
   <source>With your corrections (there are none)</source>
   <translation>应用您的更正（目前没有）</translation>
  </message>
  <message>
   <source>{number} images will be written.</source>
   <translation>将写入 {number} 张图像。</translation>
  </message>
  <message>
   <source>{number} without a label are left out: the form has no place for them.</source>
   <translation>{number} 张没有标签的图像不写入：该格式无法容纳它们。</translation>
  </message>
  <message>
   <source>{number} without a label go to a folder of their own.</source>
   <translation>{number} 张没有标签的图像写入单独的文件夹。</translation>
  </message>
  <message>
   <source>There is nothing to write.</source>
   <translation>没有可写入的内容。</translation>
  </message>
  <message>
   <source>Say where to write.</source>
   <translation>请指定保存位置。</translation>
  </message>
  <message>
   <source>{path} cannot be looked at ({reason}).</source>
   <translation>无法查看 {path}（{reason}）。</translation>
  </message>
  <message>
   <source>That is the data set itself, which is never changed.</source>
   <translation>这就是数据集本身，它永远不会被修改。</translation>
  </message>
  <message>
   <source>That lies inside the data set, which is never changed.</source>
   <translation>该位置在数据集内部，而数据集永远不会被修改。</translation>
  </message>
  <message>
   <source>That is a folder; add a file name such as data.csv.</source>
   <translation>这是一个文件夹；请加上文件名，例如 data.csv。</translation>
  </message>
  <message>
   <source>The file's name must end in .csv, .csv.gz or .csv.zip.</source>
   <translation>文件名必须以 .csv、.csv.gz 或 .csv.zip 结尾。</translation>
  </message>
  <message>
   <source>A file of this name is there and will be replaced.</source>
   <translation>已有同名文件，将被替换。</translation>
  </message>
  <message>
   <source>Something is there already; choose a new or empty folder.</source>
   <translation>该位置已有内容；请选择新的或空的文件夹。</translation>
  </message>
  <message>
   <source>Export as CSV</source>
   <translation>导出为 CSV</translation>
  </message>
  <message>
   <source>FER2013 files (*.csv *.gz *.zip);;All files (*)</source>
   <translation>FER2013 文件 (*.csv *.gz *.zip);;所有文件 (*)</translation>
  </message>
  <message>
   <source>Choose an empty folder</source>
   <translation>选择空文件夹</translation>
  </message>
 </context>
</TS>
