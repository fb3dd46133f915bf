<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>About</name>
  <message>
   <source>About Mien</source>
   <translation>关于 Mien</translation>
  </message>
  <message>
   <source>A workbench for facial expressions: inspect a data set, train networks, compare them, and play a video with the expression beside every face. Everything stays on this computer.</source>
   <translation>面部表情工作台：查看数据集、训练网络、比较结果，并在播放视频时在每张脸旁标出表情。所有内容都留在这台电脑上。</translation>
  </message>
  <message>
   <source>An expression is what a face shows, not what a person feels. Use Mien with people who agreed, and not to judge people at work or in education.</source>
   <translation>表情是脸上显示的样子，不是人的感受。请只在对方同意的情况下使用 Mien，不要用它评判工作或学习中的人。</translation>
  </message>
  <message>
   <source>Free software under the GNU GPL, version 3 or later.</source>
   <translation>自由软件，采用 GNU GPL 第 3 版或更新版本。</translation>
  </message>
  <message>
   <source>Versions</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>Third-party licences…</source>
   <translation>第三方许可证…</translation>
  </message>
  <message>
   <source>Model, detector, sample video</source>
   <translation>模型、检测器、示例视频</translation>
  </message>
  <message>
   <source>Expressions: a VGG-9 network of this project, trained on {dataset}.</source>
   <translation>表情：本项目的 VGG-9 网络，使用 {dataset} 训练。</translation>
  </message>
  <message>
   <source>Faces: {detector} by Shiqi Yu and others, MIT licence.</source>
   <translation>人脸：{detector}，作者 Shiqi Yu 等，MIT 许可证。</translation>
  </message>
  <message>
   <source>Sample video: portraits by NASA and the US Navy, in the public domain.</source>
   <translation>示例视频：NASA 和美国海军拍摄的肖像，属于公有领域。</translation>
  </message>
  <message>
   <source>Mien stands on</source>
   <translation>Mien 使用了</translation>
  </message>
 </context>
 <context>
  <name>Licences</name>
  <message>
   <source>Third-party licences</source>
   <translation>第三方许可证</translation>
  </message>
  <message>
   <source>The list cannot be read ({reason}); install Mien again.</source>
   <translation>无法读取列表（{reason}）；请重新安装 Mien。</translation>
  </message>
  <message>
   <source>Search, for example a package</source>
   <translation>搜索，例如软件包名称</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>搜索</translation>
  </message>
  <message>
   <source>Previous</source>
   <translation>上一个</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>下一个</translation>
  </message>
  <message>
   <source>Not found</source>
   <translation>未找到</translation>
  </message>
  <message>
   <source>{place} of {total}</source>
   <translation>第 {place} 处，共 {total} 处</translation>
  </message>
 </context>
</TS>
