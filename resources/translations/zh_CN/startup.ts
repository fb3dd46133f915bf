<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>Housekeeping</name>
  <message>
   <source>The settings file was damaged; it was kept as {path}.</source>
   <translation>设置文件已损坏，原文件保留为 {path}。</translation>
  </message>
  <message>
   <source>the system gives no reason</source>
   <translation>系统未说明原因</translation>
  </message>
  <message>
   <source>The settings cannot be written to {path} ({reason}); what you change is forgotten when Mien closes.</source>
   <translation>设置无法写入 {path}（{reason}）；您所做的更改会在 Mien 关闭后丢失。</translation>
  </message>
  <message>
   <source>The log cannot be written to {path} ({reason}); Mien works without it.</source>
   <translation>日志无法写入 {path}（{reason}）；Mien 将不记日志继续运行。</translation>
  </message>
  <message>
   <source>Mien did not close properly last time.</source>
   <translation>Mien 上次没有正常关闭。</translation>
  </message>
  <message>
   <source>A file that was only half written was removed.</source>
   <translation>已删除一个只写了一半的文件。</translation>
  </message>
  <message>
   <source>{count} files that were only half written were removed.</source>
   <translation>已删除 {count} 个只写了一半的文件。</translation>
  </message>
  <message>
   <source>The training {name} ended after {done} of {total} epochs; you can resume it.</source>
   <translation>训练 {name} 在完成 {total} 轮中的 {done} 轮后中断，可以继续训练。</translation>
  </message>
  <message>
   <source>The training {name} ended in its first epoch; it has to be started again.</source>
   <translation>训练 {name} 在第一轮中中断，需要重新开始。</translation>
  </message>
  <message>
   <source>Show the training</source>
   <translation>查看训练</translation>
  </message>
 </context>
 <context>
  <name>SecondStart</name>
  <message>
   <source>Mien does not answer</source>
   <translation>Mien 没有响应</translation>
  </message>
  <message>
   <source>Mien is open already, but does not answer.</source>
   <translation>Mien 已经打开，但没有响应。</translation>
  </message>
  <message>
   <source>It may be busy: wait a little and try again. A second window works too; both then share settings and trainings.</source>
   <translation>它可能正忙：请稍等片刻再试。也可以打开第二个窗口，两个窗口共用设置和训练结果。</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>Open a second window</source>
   <translation>打开第二个窗口</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
 </context>
 <context>
  <name>Worker</name>
  <message>
   <source>{path} cannot be written ({reason}); make room or choose another folder.</source>
   <translation>无法写入 {path}（{reason}）；请腾出空间或选择其他文件夹。</translation>
  </message>
 </context>
</TS>
