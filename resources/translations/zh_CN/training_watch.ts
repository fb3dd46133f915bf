<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>TrainingProgress</name>
  <message>
   <source>Curves</source>
   <translation>曲线</translation>
  </message>
  <message>
   <source>Accuracy and loss</source>
   <translation>准确率与损失</translation>
  </message>
  <message>
   <source>Average over epochs; what was measured stays, faintly</source>
   <translation>对各轮求平均；测得的值仍淡淡显示</translation>
  </message>
  <message>
   <source>Beside the other runs in the Compare tab</source>
   <translation>在比较页与其他训练并列</translation>
  </message>
  <message>
   <source>Best found: {easiest} ({high}), least: {worst} ({low}).</source>
   <translation>识别最好：{easiest}（{high}），最差：{worst}（{low}）。</translation>
  </message>
  <message>
   <source>Confusion</source>
   <translation>混淆</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>Counts</source>
   <translation>数量</translation>
  </message>
  <message>
   <source>Epochs since best</source>
   <translation>距最佳轮数</translation>
  </message>
  <message>
   <source>Finished; best {accuracy}</source>
   <translation>已完成；最佳 {accuracy}</translation>
  </message>
  <message>
   <source>Stopped; best {accuracy}</source>
   <translation>已停止；最佳 {accuracy}</translation>
  </message>
  <message>
   <source>Stopped before the first epoch</source>
   <translation>在第一轮结束前停止</translation>
  </message>
  <message>
   <source>Fit the axes to most values; far ones leave it</source>
   <translation>坐标轴按多数值设定；偏远的值不显示</translation>
  </message>
  <message>
   <source>Hold the training where it is; nothing is lost</source>
   <translation>让训练停在原处；不会丢失任何东西</translation>
  </message>
  <message>
   <source>It ended {number} epochs early, as nothing got better.</source>
   <translation>因不再提高，提前 {number} 轮结束。</translation>
  </message>
  <message>
   <source>It took {time}.</source>
   <translation>用时 {time}。</translation>
  </message>
  <message>
   <source>Kept is epoch {best} of {done}: it recognises {accuracy} of the validation images.</source>
   <translation>保留了共 {done} 轮中的第 {best} 轮：识别出 {accuracy} 的验证图像。</translation>
  </message>
  <message>
   <source>No epoch was finished, so there is no network to keep.</source>
   <translation>没有完成任何一轮，因此没有可保留的网络。</translation>
  </message>
  <message>
   <source>Log axis</source>
   <translation>对数轴</translation>
  </message>
  <message>
   <source>Loss and learning rate on a logarithmic axis</source>
   <translation>损失和学习率用对数轴</translation>
  </message>
  <message>
   <source>Numbers of images instead of per cent of the row</source>
   <translation>显示图像数量而不是行内百分比</translation>
  </message>
  <message>
   <source>ONNX with 8 bits, if it earns it…</source>
   <translation>8 位 ONNX（值得时）…</translation>
  </message>
  <message>
   <source>ONNX, as it is…</source>
   <translation>ONNX（原样）…</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>打开文件夹</translation>
  </message>
  <message>
   <source>Pause the training, and go on</source>
   <translation>暂停训练，再继续</translation>
  </message>
  <message>
   <source>Paused; Continue goes on from here</source>
   <translation>已暂停；按“继续”接着训练</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>召回率</translation>
  </message>
  <message>
   <source>Recall, %</source>
   <translation>召回率（%）</translation>
  </message>
  <message>
   <source>Recall, {name}</source>
   <translation>召回率，{name}</translation>
  </message>
  <message>
   <source>Smoothing</source>
   <translation>平滑</translation>
  </message>
  <message>
   <source>The learning rate appears here; its schedule is among the settings.</source>
   <translation>学习率会显示在这里；其调度在设置中。</translation>
  </message>
  <message>
   <source>The numbers of all epochs</source>
   <translation>所有轮次的数值</translation>
  </message>
  <message>
   <source>The run's files: settings, results, weights</source>
   <translation>此训练的文件：设置、结果、权重</translation>
  </message>
  <message>
   <source>The share of each class that is recognised appears here after the first epoch.</source>
   <translation>第一轮之后，这里显示每个类别被识别的份额。</translation>
  </message>
  <message>
   <source>Try with batch {number}</source>
   <translation>改用批大小 {number}</translation>
  </message>
  <message>
   <source>Validation split after epoch {epoch}: rows are the labels, columns the answers.</source>
   <translation>第 {epoch} 轮后的验证集：行是标签，列是答案。</translation>
  </message>
  <message>
   <source>What is shown of the run</source>
   <translation>显示训练的哪些内容</translation>
  </message>
  <message>
   <source>What is taken for what appears here after the first epoch.</source>
   <translation>第一轮之后，这里显示什么被认成了什么。</translation>
  </message>
  <message>
   <source>Without outliers</source>
   <translation>不含离群值</translation>
  </message>
  <message>
   <source>Write the network as ONNX for other programs</source>
   <translation>把网络写成 ONNX 供其他程序使用</translation>
  </message>
  <message>
   <source>best epoch</source>
   <translation>最佳轮</translation>
  </message>
  <message>
   <source>{number} are left out because the votes give no target.</source>
   <translation>{number} 张因投票给不出目标而不用。</translation>
  </message>
  <message>
   <source>Export the network</source>
   <translation>导出网络</translation>
  </message>
  <message>
   <source>ONNX networks (*.onnx)</source>
   <translation>ONNX 网络 (*.onnx)</translation>
  </message>
  <message>
   <source>It gives the trained network's answer to {same} of {number} images; no probability differs by more than {difference}.</source>
   <translation>对 {number} 张图像中的 {same} 张给出与训练网络相同的答案；概率相差不超过 {difference}。</translation>
  </message>
  <message>
   <source>With 8 bits it recognises {accuracy} of the validation images (before {full_accuracy}) and takes {ms} ms for a face (before {full_ms} ms), in {size} MB (before {full_size} MB).</source>
   <translation>8 位时识别出 {accuracy} 的验证图像（之前 {full_accuracy}），每张人脸 {ms} 毫秒（之前 {full_ms} 毫秒），{size} MB（之前 {full_size} MB）。</translation>
  </message>
  <message>
   <source>{name} is compared with the trained network and written…</source>
   <translation>正在把 {name} 与训练网络比较并写入…</translation>
  </message>
  <message>
   <source>{path} is written.</source>
   <translation>已写入 {path}。</translation>
  </message>
  <message>
   <source>{device}. There is a GPU that stays idle.</source>
   <translation>{device}。有一块 GPU 闲置。</translation>
  </message>
 </context>
</TS>
