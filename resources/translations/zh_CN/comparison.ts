<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>ComparisonController</name>
    <message>
        <source>Looking for the images…</source>
        <translation>正在查找图像…</translation>
    </message>
  <message>
   <source>Export the table</source>
   <translation>导出表格</translation>
  </message>
  <message>
   <source>CSV files (*.csv)</source>
   <translation>CSV 文件 (*.csv)</translation>
  </message>
  <message>
   <source>Move to the trash</source>
   <translation>移到回收站</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Written to {path}.</source>
   <translation>已写入 {path}。</translation>
  </message>
  <message>
   <source>Move {number} training runs to the trash?</source>
   <translation>将 {number} 个训练结果移到回收站？</translation>
  </message>
  <message>
   <source>Move the run {name} to the trash?</source>
   <translation>将训练结果 {name} 移到回收站？</translation>
  </message>
  <message>
   <source>Cannot write {path}: {reason}.</source>
   <translation>无法写入 {path}：{reason}。</translation>
  </message>
  <message>
   <source>{name} cannot be moved to the trash: {reason}.</source>
   <translation>无法将 {name} 移到回收站：{reason}。</translation>
  </message>
 </context>
 <context>
  <name>ComparisonTab</name>
    <message>
        <source>Show images</source>
        <translation>查看图像</translation>
    </message>
    <message>
        <source>Show the images of the chosen cell (double click or Enter)</source>
        <translation>查看所选单元格的图像（双击或按回车键）</translation>
    </message>
    <message>
        <source>The curves of the chosen runs appear here.</source>
        <translation>所选训练的曲线会显示在这里。</translation>
    </message>
  <message>
   <source>Nothing to compare yet</source>
   <translation>还没有可比较的内容</translation>
  </message>
  <message>
   <source>Every training leaves a run here: its accuracy, its curves and what it confuses. Train a network first; the demo data set needs a minute.</source>
   <translation>每次训练都会在这里留下结果：准确率、曲线以及混淆情况。请先训练一个网络；演示数据集只需一分钟。</translation>
  </message>
  <message>
   <source>Go to training</source>
   <translation>前往训练</translation>
  </message>
  <message>
   <source>Validation accuracy, %</source>
   <translation>验证准确率（%）</translation>
  </message>
  <message>
   <source>Epoch</source>
   <translation>轮次</translation>
  </message>
  <message>
   <source>Refresh</source>
   <translation>刷新</translation>
  </message>
  <message>
   <source>Move the chosen runs to the trash</source>
   <translation>将所选训练结果移到回收站</translation>
  </message>
  <message>
   <source>What it confuses</source>
   <translation>混淆情况</translation>
  </message>
  <message>
   <source>Rows are the labels, columns the answers. Choose a cell to read it.</source>
   <translation>行是标签，列是网络的回答。选择一个单元格查看说明。</translation>
  </message>
  <message>
   <source>No predictions were kept for this choice.</source>
   <translation>此项没有保存预测结果。</translation>
  </message>
  <message>
   <source>What {name} confuses</source>
   <translation>{name} 的混淆情况</translation>
  </message>
  <message>
   <source>Training runs</source>
   <translation>训练结果</translation>
  </message>
  <message>
   <source>Choose several to compare their curves. Accuracies are of the validation split.</source>
   <translation>可选择多个结果比较曲线。准确率取自验证集。</translation>
  </message>
  <message>
   <source>Read the run folders again (F5)</source>
   <translation>重新读取训练文件夹 (F5)</translation>
  </message>
  <message>
   <source>Open the folder of the run</source>
   <translation>打开该训练的文件夹</translation>
  </message>
  <message>
   <source>Move the chosen runs to the trash (Del)</source>
   <translation>将所选训练结果移到回收站 (Del)</translation>
  </message>
  <message>
   <source>Export CSV…</source>
   <translation>导出 CSV…</translation>
  </message>
  <message>
   <source>Use in Player</source>
   <translation>在播放器中使用</translation>
  </message>
  <message>
   <source>Validation accuracy over the epochs</source>
   <translation>各轮次的验证准确率</translation>
  </message>
  <message>
   <source>% of the row</source>
   <translation>按行百分比</translation>
  </message>
 </context>
 <context>
  <name>ConfusionMatrix</name>
  <message>
   <source>{target}: no images.</source>
   <translation>{target}：没有图像。</translation>
  </message>
  <message>
   <source>Confusion matrix</source>
   <translation>混淆矩阵</translation>
  </message>
  <message>
   <source>{target}: {number} of {total} ({share}) were recognised.</source>
   <translation>{target}：{total} 张中有 {number} 张（{share}）识别正确。</translation>
  </message>
  <message>
   <source>{target}: {number} of {total} ({share}) were taken for {pred}.</source>
   <translation>{target}：{total} 张中有 {number} 张（{share}）被当作{pred}。</translation>
  </message>
 </context>
 <context>
  <name>RunModel</name>
  <message>
   <source>No difference to the baseline: the two were judged on different images. Score both here to compare them.</source>
   <translation>未显示与基线的差值：两者在不同的图像上评估。请在此为两者评分后再比较。</translation>
  </message>
  <message>
   <source>No difference to the baseline: a published figure is of images of its own.</source>
   <translation>未显示与基线的差值：已发表的数据基于其自身的图像。</translation>
  </message>
    <message>
        <source>training now</source>
        <translation>正在训练</translation>
    </message>
  <message>
   <source>finished</source>
   <translation>已完成</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>已停止</translation>
  </message>
  <message>
   <source>interrupted</source>
   <translation>已中断</translation>
  </message>
  <message>
   <source>comes with Mien</source>
   <translation>Mien 自带</translation>
  </message>
  <message>
   <source>Default network</source>
   <translation>默认网络</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>网络</translation>
  </message>
  <message>
   <source>Data set</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>Accuracy</source>
   <translation>准确率</translation>
  </message>
  <message>
   <source>Macro F1</source>
   <translation>宏平均 F1</translation>
  </message>
  <message>
   <source>Epochs</source>
   <translation>轮次</translation>
  </message>
  <message>
   <source>Parameters</source>
   <translation>参数</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>用时</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>日期</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
 </context>
<context>
    <name>ConfusedWorker</name>
    <message>
        <source>The data set {name} is not where it was when {run} was trained; put it back to see its images.</source>
        <translation>数据集 {name} 已不在训练 {run} 时的位置；请放回原处再查看图像。</translation>
    </message>
    <message>
        <source>{name} has changed since {run} was trained.</source>
        <translation>{name} 在训练 {run} 之后已被修改。</translation>
    </message>
</context>
<context>
    <name>ImagesDialog</name>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>{label}, recognised</source>
        <translation>{label}，识别正确</translation>
    </message>
    <message>
        <source>{label}, taken for {answer}</source>
        <translation>{label}，被当作{answer}</translation>
    </message>
    <message>
        <source>{shown} of {total} images; the surest answers come first.</source>
        <translation>{total} 张图像中的 {shown} 张；最确定的排在前面。</translation>
    </message>
</context>
</TS>
