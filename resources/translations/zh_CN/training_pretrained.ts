<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>PretrainedPanel</name>
  <message>
   <source>Start from</source>
   <translation>起点</translation>
  </message>
  <message>
   <source>Fine-tuning</source>
   <translation>微调</translation>
  </message>
  <message>
   <source>Choose file…</source>
   <translation>选择文件…</translation>
  </message>
  <message>
   <source>Download…</source>
   <translation>下载…</translation>
  </message>
  <message>
   <source>Asks first and says how much comes from where</source>
   <translation>先询问，并说明从哪里下载多少</translation>
  </message>
  <message>
   <source>Progress of the download</source>
   <translation>下载进度</translation>
  </message>
  <message>
   <source>Take the weights from a file that you have</source>
   <translation>从您已有的文件读取权重</translation>
  </message>
 </context>
</TS>
