<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>TargetsPanel</name>
  <message><source>What a training learns from</source><translation>训练学习的目标</translation></message>
  <message><source>The &amp;label of the data set</source><translation>数据集的标签(&amp;L)</translation></message>
  <message><source>The &amp;majority of the votes</source><translation>投票的多数(&amp;M)</translation></message>
  <message><source>The &amp;shares of the votes</source><translation>投票的比例(&amp;S)</translation></message>
  <message><source>An image that most call “not a face”, “unknown” or an expression that is no class here (contempt) is left out of majority and shares; half and half leaves out only “not a face”. A label that you gave by hand stands above the votes. Validation and test images are always judged by the label, so that figures stay comparable.</source><translation>若多数人认为图像“不是脸”“未知”或属于这里没有的表情（轻蔑），“多数”和“比例”都不使用该图像；“各占一半”只排除“不是脸”。您手动给出的标签优先于投票。验证和测试图像始终按标签评判，以便结果可以比较。</translation></message>
  <message><source>&amp;Half the label, half the shares</source><translation>标签与比例各占一半(&amp;H)</translation></message>
  <message><source>The label weighs half and the shares of the votes half; where the votes name no class here, the label alone.</source><translation>标签占一半，投票比例占一半；若投票未指向这里的任何类别，则只用标签。</translation></message>
  <message><source>Train with this</source><translation>以此训练</translation></message>
  <message><source>The answer of more than half of the ten people.</source><translation>十人中超过半数的答案。</translation></message>
  <message><source>As many parts of each expression as people named it; an answer that only one gave counts as a slip (Barsoum et al., 2016).</source><translation>每种表情按选择它的人数占比；只有一人给出的答案视为误选（Barsoum 等，2016）。</translation></message>
  <message><source>{used} of {total} training images.</source><translation>使用 {total} 张训练图像中的 {used} 张。</translation></message>
  <message><source>{number} of them then show mainly another expression.</source><translation>其中 {number} 张的主要表情与标签不同。</translation></message>
  <message><source>{number} of them then have another label.</source><translation>其中 {number} 张的标签会改变。</translation></message>
  <message><source>Left out: {reasons}.</source><translation>不使用：{reasons}。</translation></message>
  <message><source>{number} tie</source><translation>{number} 张票数相同</translation></message>
  <message><source>{number} have no majority</source><translation>{number} 张没有过半数</translation></message>
  <message><source>{number} are no face</source><translation>{number} 张不是脸</translation></message>
  <message><source>{number} are unknown</source><translation>{number} 张为未知</translation></message>
  <message><source>{number} show an expression that is no class here</source><translation>{number} 张的表情不在这里的类别中</translation></message>
  <message><source>{number} have no votes that count</source><translation>{number} 张没有有效投票</translation></message>
  <message><source>{number} have no label</source><translation>{number} 张没有标签</translation></message>
 </context>
 <context>
  <name>TrainingTab</name>
  <message><source>Learns the majority of the votes.</source><translation>学习投票的多数。</translation></message>
  <message><source>Learns the shares of the votes.</source><translation>学习投票的比例。</translation></message>
 </context>
</TS>
