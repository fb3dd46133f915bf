<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>TrainingFacts</name>
  <message>
   <source>{number} training images also stand in the validation or test split and are learnt: the scores will be too good.</source>
   <translation>{number} 张训练图像也出现在验证集或测试集中，并且参与训练：得分会偏高。</translation>
  </message>
  <message>
   <source>{number} training images also stand in the validation or test split and are left out, so that the scores stay honest.</source>
   <translation>{number} 张训练图像也出现在验证集或测试集中，已排除，以保证得分真实。</translation>
  </message>
  <message>
   <source>{number} exact repeats are left out.</source>
   <translation>已排除 {number} 张完全重复的图像。</translation>
  </message>
  <message>
   <source>Balancing made {number} images.</source>
   <translation>平衡生成了 {number} 张图像。</translation>
  </message>
  <message>
   <source>By your corrections {relabelled} images have another label, {excluded} are excluded.</source>
   <translation>根据您的更正，{relabelled} 张图像改了标签，{excluded} 张被排除。</translation>
  </message>
 </context>
</TS>
