<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>Device</name>
  <message>
   <source>CPU (this PyTorch is a CPU build)</source>
   <translation>CPU（此 PyTorch 为 CPU 版）</translation>
  </message>
  <message>
   <source>CPU (no CUDA device found)</source>
   <translation>CPU（未找到 CUDA 设备）</translation>
  </message>
 </context>
 <context>
  <name>EpochModel</name>
  <message>
   <source>Epoch</source>
   <translation>轮次</translation>
  </message>
  <message>
   <source>Train loss</source>
        <translation>训练损失</translation>
  </message>
  <message>
   <source>Train acc.</source>
        <translation>训练准确率</translation>
  </message>
  <message>
   <source>Val. loss</source>
        <translation>验证损失</translation>
  </message>
  <message>
   <source>Val. acc.</source>
        <translation>验证准确率</translation>
  </message>
  <message>
   <source>Macro F1</source>
   <translation>宏平均 F1</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>学习率</translation>
  </message>
  <message>
   <source>Images/s</source>
   <translation>图像/秒</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>用时</translation>
  </message>
  <message>
   <source>best</source>
        <translation>最佳</translation>
  </message>
 </context>
 <context>
  <name>Models</name>
  <message>
   <source>VGG-9 with batch norm</source>
   <translation>VGG-9（批归一化）</translation>
  </message>
  <message>
   <source>Six convolutions with batch normalisation and three linear layers: the classic network, which also comes trained.</source>
   <translation>六个带批归一化的卷积层和三个全连接层：经典网络，Mien 也附带训练好的权重。</translation>
  </message>
  <message>
   <source>VGG-9</source>
   <translation>VGG-9</translation>
  </message>
  <message>
   <source>The same network without batch normalisation: learns more slowly and needs a smaller learning rate.</source>
   <translation>去掉批归一化的同一网络：学得更慢，需要较小的学习率。</translation>
  </message>
 </context>
 <context>
  <name>TrainingController</name>
  <message>
   <source>Choose a data set</source>
   <translation>选择数据集</translation>
  </message>
  <message>
   <source>FER2013 files (*.csv *.gz *.zip);;All files (*)</source>
   <translation>FER2013 文件 (*.csv *.gz *.zip);;所有文件 (*)</translation>
  </message>
  <message>
   <source>The data set of {run} is not at {path} any more; it cannot be resumed.</source>
   <translation>{run} 的数据集已不在 {path}，无法继续训练。</translation>
  </message>
  <message>
   <source>Reading the data…</source>
   <translation>正在读取数据…</translation>
  </message>
  <message>
   <source>The training ended with an error</source>
   <translation>训练因错误而结束</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>已取消</translation>
  </message>
 </context>
 <context>
  <name>TrainingCurves</name>
    <message>
        <source>The accuracy appears here while the network learns.</source>
        <translation>网络学习时，准确率会显示在这里。</translation>
    </message>
    <message>
        <source>The loss appears here; it should fall.</source>
        <translation>损失会显示在这里；它应当下降。</translation>
    </message>
  <message>
   <source>Accuracy, %</source>
   <translation>准确率（%）</translation>
  </message>
  <message>
   <source>Loss (cross entropy)</source>
   <translation>损失（交叉熵）</translation>
  </message>
  <message>
   <source>Epoch</source>
   <translation>轮次</translation>
  </message>
  <message>
   <source>best: {value:.1f} %</source>
   <translation>最佳：{value:.1f} %</translation>
  </message>
  <message>
   <source>Training, this epoch</source>
   <translation>训练（本轮）</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>Validation</source>
   <translation>验证</translation>
  </message>
 </context>
 <context>
  <name>TrainingTab</name>
  <message>
   <source>Epoch</source>
   <translation>轮次</translation>
  </message>
  <message>
   <source>Best validation accuracy</source>
   <translation>最佳验证准确率</translation>
  </message>
  <message>
   <source>Images/s</source>
   <translation>图像/秒</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>学习率</translation>
  </message>
  <message>
   <source>Training images</source>
   <translation>训练图像</translation>
  </message>
  <message>
   <source>Stop the training</source>
   <translation>停止训练</translation>
  </message>
  <message>
   <source>Demo data set (drawn faces)</source>
   <translation>演示数据集（绘制的人脸）</translation>
  </message>
  <message>
   <source>Cartoon faces that Mien draws: to try the training, not to measure.</source>
   <translation>由 Mien 绘制的卡通人脸：用于试用训练，不用于测评。</translation>
  </message>
  <message>
   <source>Choose data and a network, then start</source>
   <translation>选择数据和网络，然后开始</translation>
  </message>
  <message>
   <source>Stopping, keeping the best epoch…</source>
   <translation>正在停止，保留最好的一轮…</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>{accuracy} (epoch {epoch})</source>
   <translation>{accuracy}（第 {epoch} 轮）</translation>
  </message>
  <message>
   <source>Own settings</source>
   <translation>自定义设置</translation>
  </message>
  <message>
   <source>Constant</source>
   <translation>恒定</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>阶梯</translation>
  </message>
  <message>
   <source>Cosine</source>
   <translation>余弦</translation>
  </message>
  <message>
   <source>One cycle</source>
   <translation>单周期</translation>
  </message>
  <message>
   <source>&amp;Data set</source>
   <translation>数据集(&amp;D)</translation>
  </message>
  <message>
   <source>Data set</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>Choose a FER2013 file (.csv, .gz or .zip)</source>
   <translation>选择 FER2013 文件（.csv、.gz 或 .zip）</translation>
  </message>
  <message>
   <source>Choose a data set file</source>
   <translation>选择数据集文件</translation>
  </message>
  <message>
   <source>&amp;Network</source>
   <translation>网络(&amp;N)</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>网络</translation>
  </message>
  <message>
   <source>&amp;Settings</source>
   <translation>设置(&amp;S)</translation>
  </message>
  <message>
   <source>Preset</source>
   <translation>预设</translation>
  </message>
  <message>
   <source>&amp;Epochs</source>
   <translation>轮数(&amp;E)</translation>
  </message>
  <message>
   <source>Passes over all training images</source>
   <translation>遍历全部训练图像的次数</translation>
  </message>
  <message>
   <source>&amp;Learning rate</source>
   <translation>学习率(&amp;L)</translation>
  </message>
  <message>
   <source>How far each step goes; too high and the loss jumps, too low and nothing is learned</source>
   <translation>每一步走多远；太大损失会跳动，太小则学不到东西</translation>
  </message>
  <message>
   <source>&amp;Batch size</source>
   <translation>批大小(&amp;B)</translation>
  </message>
  <message>
   <source>Images in one step</source>
   <translation>每一步的图像数</translation>
  </message>
  <message>
   <source>Advanced</source>
   <translation>高级</translation>
  </message>
  <message>
   <source>Schedule</source>
   <translation>调度</translation>
  </message>
  <message>
   <source>Learning rate schedule</source>
   <translation>学习率调度</translation>
  </message>
  <message>
   <source>Momentum</source>
   <translation>动量</translation>
  </message>
  <message>
   <source>Weight decay</source>
   <translation>权重衰减</translation>
  </message>
  <message>
   <source>Label smoothing</source>
   <translation>标签平滑</translation>
  </message>
  <message>
   <source>Patience</source>
   <translation>耐心</translation>
  </message>
  <message>
   <source>off</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Stop after that many epochs without a better validation accuracy</source>
   <translation>验证准确率连续这么多轮没有提高就停止</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>随机种子</translation>
  </message>
  <message>
   <source>The same seed gives the same run on the same machine and versions</source>
   <translation>在相同机器和版本上，相同种子得到相同结果</translation>
  </message>
  <message>
   <source>CPU threads</source>
   <translation>CPU 线程</translation>
  </message>
  <message>
   <source>One core left free keeps the window and the Player smooth</source>
   <translation>留出一个核心可保持窗口和播放器流畅</translation>
  </message>
  <message>
   <source>Leave out repeated images</source>
   <translation>略过重复图像</translation>
  </message>
  <message>
   <source>Start training</source>
   <translation>开始训练</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Stop soon and keep the best epoch (Esc)</source>
   <translation>尽快停止并保留最好的一轮 (Esc)</translation>
  </message>
  <message>
   <source>Use in Player</source>
   <translation>在播放器中使用</translation>
  </message>
  <message>
   <source>Show the expressions this network sees in a video</source>
   <translation>在视频中显示此网络识别的表情</translation>
  </message>
  <message>
   <source>Progress of the epoch</source>
   <translation>本轮进度</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>总计</translation>
  </message>
  <message>
   <source>Progress of the run</source>
   <translation>训练总进度</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>表格</translation>
  </message>
  <message>
   <source>Epochs</source>
   <translation>轮次</translation>
  </message>
 </context>
</TS>
