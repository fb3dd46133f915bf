<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>FilesController</name>
  <message>
   <source>{name} is made ready for the Player…</source>
   <translation>正在为播放器准备 {name}…</translation>
  </message>
 </context>
 <context>
  <name>TrainingForm</name>
  <message>
   <source>How long will it take?</source>
   <translation>需要多长时间？</translation>
  </message>
  <message>
   <source>Measures some batches on this computer; nothing is trained or kept</source>
   <translation>在本机上测量若干批次；不训练也不保存任何内容</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
 </context>
 <context>
  <name>TrainingEstimateController</name>
  <message>
   <source>Measuring some batches…</source>
   <translation>正在测量若干批次…</translation>
  </message>
  <message>
   <source>Measuring some batches… {percent} %</source>
   <translation>正在测量若干批次… {percent} %</translation>
  </message>
 </context>
 <context>
  <name>Presets</name>
  <message>
   <source>The report names plain SGD and, for fine-tuning, ten times the rate for the last layer and a weight decay of 0.001. Batch size, rate, momentum and number of epochs are Mien's choice.</source>
   <translation>报告写明的是普通 SGD；微调时，最后一层的学习率为其余部分的十倍，权重衰减为 0.001。批大小、学习率、动量和轮数由 Mien 选定。</translation>
  </message>
 </context>
 <context>
  <name>TrainingTexts</name>
  <message>
   <source>{layers} layers with weights; {number} batches on {device}: {speed} images/s.</source>
   <translation>{layers} 个带权重的层；在 {device} 上测量 {number} 批：每秒 {speed} 张图像。</translation>
  </message>
  <message>
   <source>Open the data set once to know how many images it has; 1,000 take {time} an epoch.</source>
   <translation>打开一次数据集即可得知其图像数量；每 1000 张每轮需 {time}。</translation>
  </message>
  <message>
   <source>About {epoch} an epoch, {run} for all {epochs}.</source>
   <translation>每轮约 {epoch}，全部 {epochs} 轮约 {run}。</translation>
  </message>
  <message>
   <source>About {epoch} for the one epoch.</source>
   <translation>仅一轮，约 {epoch}。</translation>
  </message>
 </context>
 <context>
  <name>Device</name>
  <message>
   <source>CPU (no NVIDIA driver found)</source>
   <translation>CPU（未找到 NVIDIA 驱动）</translation>
  </message>
  <message>
   <source>CPU (as you asked)</source>
   <translation>CPU（按您的要求）</translation>
  </message>
  <message>
   <source>CPU (there is an NVIDIA GPU, but this PyTorch is a CPU build: install one for CUDA to use it)</source>
   <translation>CPU（有 NVIDIA GPU，但此 PyTorch 为 CPU 版：安装 CUDA 版即可使用）</translation>
  </message>
  <message>
   <source>CPU (CUDA_VISIBLE_DEVICES hides the GPUs)</source>
   <translation>CPU（CUDA_VISIBLE_DEVICES 隐藏了 GPU）</translation>
  </message>
  <message>
   <source>CPU (the NVIDIA GPU cannot be used)</source>
   <translation>CPU（无法使用 NVIDIA GPU）</translation>
  </message>
  <message>
   <source>GPU (Apple Metal)</source>
   <translation>GPU（Apple Metal）</translation>
  </message>
 </context>
</TS>
