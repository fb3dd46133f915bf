<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>TrainingForm</name>
  <message>
   <source>This run</source>
   <translation>本次训练</translation>
  </message>
  <message>
   <source>About two minutes: shows that the network learns, no more.</source>
   <translation>约两分钟：只为看看网络能学到东西。</translation>
  </message>
  <message>
   <source>As the report trained: plain steps at a constant rate, nothing added.</source>
   <translation>与报告的训练相同：恒定学习率的普通更新，不加其他手段。</translation>
  </message>
  <message>
   <source>The recipe of Mien's own network: varied images, averaged weights, a cosine schedule.</source>
   <translation>Mien 自带网络的配方：图像变化、权重平均、余弦调度。</translation>
  </message>
  <message>
   <source>Changed by you or loaded from a file.</source>
   <translation>由您修改或从文件读取。</translation>
  </message>
  <message>
   <source>Best</source>
   <translation>最佳</translation>
  </message>
  <message>
   <source>Quick look</source>
   <translation>快速尝试</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>Against learning by heart</source>
   <translation>防止死记硬背</translation>
  </message>
  <message>
   <source>All alike</source>
   <translation>一视同仁</translation>
  </message>
  <message>
   <source>Apply my corrections</source>
   <translation>应用我的更正</translation>
  </message>
  <message>
   <source>At most</source>
   <translation>最多</translation>
  </message>
  <message>
   <source>Average weights</source>
   <translation>权重平均</translation>
  </message>
  <message>
   <source>Blur, pixels</source>
   <translation>模糊（像素）</translation>
  </message>
  <message>
   <source>Class weights</source>
   <translation>类别权重</translation>
  </message>
  <message>
   <source>Classes and targets</source>
   <translation>类别与目标</translation>
  </message>
  <message>
   <source>Classes equally often</source>
   <translation>各类别同样频繁</translation>
  </message>
  <message>
   <source>Clip gradients at</source>
   <translation>梯度裁剪</translation>
  </message>
  <message>
   <source>Computes with half the bits where that is safe; the CPU never does</source>
   <translation>在安全之处用一半的位数计算；CPU 从不如此</translation>
  </message>
  <message>
   <source>Decay of the averaged weights that are judged and kept</source>
   <translation>用于评估和保存的平均权重的衰减</translation>
  </message>
  <message>
   <source>Deterministic</source>
   <translation>确定性</translation>
  </message>
  <message>
   <source>Each class by its share of the FER+ votes; a single vote counts as a slip. Left out: images that most call “not a face”, “unknown” or an expression that is no class here.</source>
   <translation>每个类别按其在 FER+ 投票中的份额；单独一票视为失误。不用：多数人认为“不是人脸”“未知”或此处没有该类别的图像。</translation>
  </message>
  <message>
   <source>The answer of more than half of the ten FER+ voters. Left out: ties, no majority, and a majority for “not a face”, “unknown” or an expression that is no class here.</source>
   <translation>十位 FER+ 投票者中超过半数的答案。不用：平票、没有多数，以及多数为“不是人脸”“未知”或此处没有的类别。</translation>
  </message>
  <message>
   <source>One label an image; images without one are left out.</source>
   <translation>每张图像一个标签；没有标签的图像不用。</translation>
  </message>
  <message>
   <source>Each image once</source>
   <translation>每张图像一次</translation>
  </message>
  <message>
   <source>Epochs between two steps; automatic is at half and at three quarters of the run</source>
   <translation>两次阶梯之间的轮数；自动时在训练的一半和四分之三处</translation>
  </message>
  <message>
   <source>Erase</source>
   <translation>擦除</translation>
  </message>
  <message>
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Grows over, epochs</source>
   <translation>增强期（轮）</translation>
  </message>
  <message>
   <source>How much of the last steps goes into the next one</source>
   <translation>前几步有多少进入下一步</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Labels and exclusions that were saved in the Dataset tab</source>
   <translation>在数据集页保存的标签和排除</translation>
  </message>
  <message>
   <source>Largest added brightness, as a fraction of the range</source>
   <translation>亮度最大变化，占取值范围的比例</translation>
  </message>
  <message>
   <source>Largest length of a gradient</source>
   <translation>梯度的最大长度</translation>
  </message>
  <message>
   <source>Largest relative change of contrast</source>
   <translation>对比度的最大相对变化</translation>
  </message>
  <message>
   <source>Largest relative change of size</source>
   <translation>大小的最大相对变化</translation>
  </message>
  <message>
   <source>Largest rotation</source>
   <translation>最大旋转</translation>
  </message>
  <message>
   <source>Largest shift, as a fraction of the side</source>
   <translation>最大平移，占边长的比例</translation>
  </message>
  <message>
   <source>Largest standard deviation of a Gaussian blur</source>
   <translation>高斯模糊的最大标准差</translation>
  </message>
  <message>
   <source>Largest standard deviation of added noise, as a fraction of the range</source>
   <translation>所加噪声的最大标准差，占取值范围的比例</translation>
  </message>
  <message>
   <source>Learn from</source>
   <translation>学习目标</translation>
  </message>
  <message>
   <source>Learn from at most so many images, each class by its share</source>
   <translation>最多用这么多图像学习，各类别按其份额</translation>
  </message>
  <message>
   <source>Leave out images of other splits</source>
   <translation>略过其他子集的图像</translation>
  </message>
  <message>
   <source>Training images that also stand in the validation or test split</source>
   <translation>也出现在验证集或测试集中的训练图像</translation>
  </message>
  <message>
   <source>Load settings</source>
   <translation>读取设置</translation>
  </message>
  <message>
   <source>Load settings…</source>
   <translation>读取设置…</translation>
  </message>
  <message>
   <source>The form cannot show all of {path}: {changes}.</source>
   <translation>表单无法完整显示 {path} 的内容：{changes}。</translation>
  </message>
  <message>
   <source>Reset all settings</source>
   <translation>重置所有设置</translation>
  </message>
  <message>
   <source>Save settings…</source>
   <translation>保存设置…</translation>
  </message>
  <message>
   <source>Save the settings</source>
   <translation>保存设置</translation>
  </message>
  <message>
   <source>Save or load settings as config.yaml, or reset them</source>
   <translation>以 config.yaml 保存或读取设置，或重置设置</translation>
  </message>
  <message>
   <source>Settings (*.yaml *.yml)</source>
   <translation>设置 (*.yaml *.yml)</translation>
  </message>
  <message>
   <source>The settings were written to {path}.</source>
   <translation>设置已写入 {path}。</translation>
  </message>
  <message>
   <source>{path} is for the network {model}, which this Mien does not know.</source>
   <translation>{path} 用于网络 {model}，此 Mien 不认识它。</translation>
  </message>
  <message>
   <source>Looks ahead along the momentum before each step</source>
   <translation>每步之前沿动量向前看</translation>
  </message>
  <message>
   <source>Majority of votes</source>
   <translation>投票多数</translation>
  </message>
  <message>
   <source>Half label, half shares</source>
   <translation>标签与份额各半</translation>
  </message>
  <message>
   <source>Half the label, half the shares of the FER+ votes; where the votes name no class here, the label alone. Left out: images that most call “not a face”.</source>
   <translation>一半为标签，一半为 FER+ 投票份额；若投票未指向这里的任何类别，则只用标签。排除：多数人认为“不是脸”的图像。</translation>
  </message>
  <message>
   <source>Shares of votes</source>
   <translation>投票份额</translation>
  </message>
  <message>
   <source>Mixes pairs of images; higher mixes more evenly</source>
   <translation>混合成对图像；值越大混合越均匀</translation>
  </message>
  <message>
   <source>Mixup</source>
   <translation>Mixup 混合</translation>
  </message>
  <message>
   <source>Nesterov's momentum</source>
   <translation>Nesterov 动量</translation>
  </message>
  <message>
   <source>No balancing by augmentation; the Dataset tab's Balance page makes it.</source>
   <translation>未用增强做平衡；可在数据集页的“平衡”中设置。</translation>
  </message>
  <message>
   <source>Optimiser (SGD)</source>
   <translation>优化器（SGD）</translation>
  </message>
  <message>
   <source>Order of images</source>
   <translation>图像次序</translation>
  </message>
  <message>
   <source>Probability of a mirrored image</source>
   <translation>镜像的概率</translation>
  </message>
  <message>
   <source>Probability of one erased rectangle</source>
   <translation>擦除一个矩形的概率</translation>
  </message>
  <message>
   <source>Pulls weights towards zero; never biases and norms</source>
   <translation>把权重拉向零；从不作用于偏置和归一化层</translation>
  </message>
  <message>
   <source>Rare classes more</source>
   <translation>少见类别更重</translation>
  </message>
  <message>
   <source>Rotation, degrees</source>
   <translation>旋转（度）</translation>
  </message>
  <message>
   <source>Seeds to train</source>
   <translation>训练的种子数</translation>
  </message>
  <message>
   <source>The same run again with the next seeds: how much of a score is chance?</source>
   <translation>用后续种子重复同一训练：得分有多少是偶然？</translation>
  </message>
  <message>
   <source>Share of each label that is spread over all classes</source>
   <translation>每个标签分摊到所有类别的份额</translation>
  </message>
  <message>
   <source>Step every</source>
   <translation>每隔（轮）</translation>
  </message>
  <message>
   <source>Step factor</source>
   <translation>阶梯系数</translation>
  </message>
  <message>
   <source>What a step multiplies the learning rate by</source>
   <translation>每个阶梯给学习率乘上的系数</translation>
  </message>
  <message>
   <source>The learning rate grows from zero over so many epochs</source>
   <translation>学习率在这么多轮内从零增长</translation>
  </message>
  <message>
   <source>The same bits every time, on this machine with these versions only; slower</source>
   <translation>每次结果完全相同，仅限本机和这些版本；较慢</translation>
  </message>
  <message>
   <source>The variation grows from zero over so many epochs</source>
   <translation>变化在这么多轮内从零增强</translation>
  </message>
  <message>
   <source>Train with these settings when its turn comes</source>
   <translation>轮到时按这些设置训练</translation>
  </message>
  <message>
   <source>Variation of training images</source>
   <translation>训练图像的变化</translation>
  </message>
  <message>
   <source>Warm-up, epochs</source>
   <translation>预热（轮）</translation>
  </message>
  <message>
   <source>Write TensorBoard files</source>
   <translation>写 TensorBoard 文件</translation>
  </message>
  <message>
   <source>all images</source>
   <translation>全部图像</translation>
  </message>
  <message>
   <source>at once</source>
   <translation>立即</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>bfloat16 on a GPU</source>
   <translation>在 GPU 上用 bfloat16</translation>
  </message>
  <message>
   <source>{description} {parameters} parameters, {size} MB.</source>
   <translation>{description}参数量：{parameters}，{size} MB。</translation>
  </message>
  <message>
   <source>Add to queue</source>
   <translation>加入队列</translation>
  </message>
 </context>
</TS>
