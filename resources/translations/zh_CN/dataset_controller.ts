<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>DatasetController</name>
  <message>
   <source>{name} is not what it was: its images have changed since, or it was opened in another way. The images asked for cannot be shown.</source>
   <translation>{name} 已与当时不同：图像有了变化，或打开方式不同。无法显示所要的图像。</translation>
  </message>
 </context>
</TS>
