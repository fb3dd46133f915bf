<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>TrainingQueueController</name>
  <message>
   <source>Another window of Mien keeps the queue of trainings; what you add to it in this one is forgotten when it closes.</source>
   <translation>训练队列由另一个 Mien 窗口保存；在本窗口加入队列的训练会在窗口关闭后丢失。</translation>
  </message>
 </context>
 <context>
  <name>TrainingQueuePage</name>
  <message>
   <source>Folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>! interrupted</source>
   <translation>! 已中断</translation>
  </message>
  <message>
   <source>… waits</source>
   <translation>… 等待</translation>
  </message>
  <message>
   <source>■ stopped</source>
   <translation>■ 已停止</translation>
  </message>
  <message>
   <source>▶ running</source>
   <translation>▶ 训练中</translation>
  </message>
  <message>
   <source>✓ finished</source>
   <translation>✓ 已完成</translation>
  </message>
  <message>
   <source>✕ failed</source>
   <translation>✕ 失败</translation>
  </message>
  <message>
   <source>Clear finished</source>
   <translation>清除已完成</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>数据</translation>
  </message>
  <message>
   <source>Down</source>
   <translation>下移</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>上移</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>队列</translation>
  </message>
  <message>
   <source>Queue ({number})</source>
   <translation>队列 ({number})</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>继续训练</translation>
  </message>
  <message>
   <source>Earlier (Alt+Up)</source>
   <translation>提前 (Alt+Up)</translation>
  </message>
  <message>
   <source>Later (Alt+Down)</source>
   <translation>推后 (Alt+Down)</translation>
  </message>
  <message>
   <source>Earlier in the queue</source>
   <translation>在队列中提前</translation>
  </message>
  <message>
   <source>Later in the queue</source>
   <translation>在队列中推后</translation>
  </message>
  <message>
   <source>Take off the list (Del)</source>
   <translation>从列表移除 (Del)</translation>
  </message>
  <message>
   <source>Take off the queue</source>
   <translation>从队列移除</translation>
  </message>
  <message>
   <source>Take off the list what is over; the run folders stay</source>
   <translation>把已结束的从列表移除；训练文件夹仍保留</translation>
  </message>
  <message>
   <source>Go on after the last finished epoch; while a run is going on, it is put in the queue</source>
   <translation>从最后完成的一轮接着训练；若正在训练，则放入队列</translation>
  </message>
  <message>
   <source>Interrupted or stopped; each can go on where it was.</source>
   <translation>已中断或停止；都可从原处继续。</translation>
  </message>
  <message>
   <source>No interrupted runs.</source>
   <translation>没有中断的训练。</translation>
  </message>
  <message>
   <source>Nothing waits.</source>
   <translation>没有等待的训练。</translation>
  </message>
  <message>
   <source>One run after the other; one that fails does not stop the rest</source>
   <translation>一个接一个；其中一个失败不会停止其余</translation>
  </message>
  <message>
   <source>Runs that can be resumed</source>
   <translation>可继续的训练</translation>
  </message>
  <message>
   <source>Start the queue</source>
   <translation>开始队列</translation>
  </message>
  <message>
   <source>The queue is empty. “Add to queue” puts the present settings here.</source>
   <translation>队列为空。“加入队列”把当前设置放到这里。</translation>
  </message>
  <message>
   <source>{number} waiting; nothing starts before you say so.</source>
   <translation>{number} 个等待中；在您同意之前不会开始。</translation>
  </message>
  <message>
   <source>{number} waiting; the next starts by itself.</source>
   <translation>{number} 个等待中；下一个会自动开始。</translation>
  </message>
 </context>
</TS>
