<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="zh_CN">
 <context>
  <name>DatasetBalancePage</name>
  <message><source>Make several images of each training image of a rare expression. Validation and test images stay as they are, and no copy can stand in two splits.</source><translation>由少见表情的每张训练图像生成多张图像。验证和测试图像保持不变，副本不会出现在两个划分中。</translation></message>
  <message><source>&amp;Even out</source><translation>拉平(&amp;E)</translation></message>
  <message><source>Bring every expression near the most frequent one</source><translation>使每种表情接近最多的一种</translation></message>
  <message><source>&amp;Reset</source><translation>重置(&amp;R)</translation></message>
  <message><source>Multiply nothing</source><translation>不增加任何图像</translation></message>
  <message><source>Train with this</source><translation>用它训练</translation></message>
  <message><source>Train without balancing</source><translation>不做平衡直接训练</translation></message>
  <message><source>Expression of the preview</source><translation>预览的表情</translation></message>
  <message><source>Seed </source><translation>种子 </translation></message>
  <message><source>Seed of the preview</source><translation>预览的种子</translation></message>
  <message><source>Training uses its own seed; the same seed makes the same images</source><translation>训练使用自己的种子；相同的种子生成相同的图像</translation></message>
  <message><source>&amp;Next image</source><translation>下一张(&amp;N)</translation></message>
  <message><source>Expression</source><translation>表情</translation></message>
  <message><source>Now</source><translation>现在</translation></message>
  <message><source>Factor</source><translation>倍数</translation></message>
  <message><source>Then</source><translation>之后</translation></message>
  <message><source>Factor of {name}</source><translation>{name}的倍数</translation></message>
  <message><source>1 leaves the expression as it is</source><translation>1 表示保持不变</translation></message>
  <message><source>{added} images are made, {total} in all; the rarest expression is then {share} of the training images. An epoch takes {longer} times as long.</source><translation>生成 {added} 张图像，共 {total} 张；最少见的表情将占训练图像的 {share}。每轮用时为原来的 {longer} 倍。</translation></message>
  <message><source>Nothing is multiplied yet. Choose factors, or even them out.</source><translation>尚未增加图像。请选择倍数，或点“拉平”。</translation></message>
  <message><source>Open a data set to see what balancing makes.</source><translation>打开一个数据集，即可查看平衡生成的图像。</translation></message>
  <message><source>This expression has no training images.</source><translation>这种表情没有训练图像。</translation></message>
  <message><source>First the image itself, then {number} that balancing makes of it.</source><translation>第一张是原图，其后 {number} 张由平衡生成。</translation></message>
 </context>
 <context>
  <name>TrainingTab</name>
  <message><source>Balanced: {parts}</source><translation>已平衡：{parts}</translation></message>
  <message><source>Train without balancing</source><translation>不做平衡直接训练</translation></message>
 </context>
 <context>
  <name>DatasetTab</name>
  <message><source>Balance</source><translation>平衡</translation></message>
 </context>
 <context>
  <name>DatasetOverviewPage</name>
  <message><source>{number} files were left out</source><translation>{number} 个文件未载入</translation></message>
  <message><source>The good files are loaded; these are not. Mend them and open the folder again, or go on without them.</source><translation>完好的文件已载入，这些没有。请修复后重新打开文件夹，或不使用它们继续。</translation></message>
  <message><source>Light</source><translation>明暗</translation></message>
  <message><source>&amp;Numbers</source><translation>数字(&amp;N)</translation></message>
  <message><source>Show the distributions as tables</source><translation>以表格显示分布</translation></message>
  <message><source>Mean image of each expression</source><translation>每种表情的平均图像</translation></message>
  <message><source>&amp;Copy list</source><translation>复制列表(&amp;C)</translation></message>
  <message><source>&amp;Save list…</source><translation>保存列表(&amp;S)…</translation></message>
  <message><source>The good rows are loaded; these are not. Mend the file and open it again, or go on without them.</source><translation>正确的行已载入，这些没有。请修正文件后重新打开，或不带它们继续。</translation></message>
  <message><source>Brightness (mean grey level), median {medians}</source><translation>亮度（平均灰度），中位数 {medians}</translation></message>
  <message><source>Contrast (standard deviation), median {medians}</source><translation>对比度（标准差），中位数 {medians}</translation></message>
 </context>
 <context>
  <name>DatasetController</name>
  <message><source>Save the list of rows</source><translation>保存行列表</translation></message>
  <message><source>Tables (*.tsv);;All files (*)</source><translation>表格 (*.tsv);;所有文件 (*)</translation></message>
  <message><source>The list cannot be written to {path} ({reason}).</source><translation>列表无法写入 {path}（{reason}）。</translation></message>
  <message><source>The list was saved as {path}.</source><translation>列表已保存为 {path}。</translation></message>
 </context>
 <context>
  <name>DistributionTable</name>
  <message><source>Grey levels</source><translation>灰度</translation></message>
 </context>
 <context>
  <name>DatasetFacts</name>
  <message><source>{number} images have no label and are left out of training; label them by hand on the Images page.</source><translation>{number} 张图像没有标签，不参与训练；请在“图像”页手动标注。</translation></message>
  <message><source>Your corrections are counted above: {relabelled} images have another label, {excluded} are excluded. What follows is about the data as the source has them.</source><translation>上面的数量已计入您的更正：{relabelled} 张图像改了标签，{excluded} 张被排除。以下说明针对原始数据。</translation></message>
  <message><source>The votes do not name any of these images.</source><translation>投票中没有这些图像。</translation></message>
  <message><source>{judged} images have votes. At least 8 of 10 people gave the same answer to {sure} of them; {undecided} have no majority (more than half of the votes), {tied} a tie.</source><translation>{judged} 张图像有投票。其中 {sure} 至少 8/10 的人意见相同；{undecided} 没有过半数，{tied} 票数相同。</translation></message>
  <message><source>There are no training images.</source><translation>没有训练图像。</translation></message>
  <message><source>No training image shows: {expressions}.</source><translation>没有训练图像的表情：{expressions}。</translation></message>
  <message><source>The majority sees no face in {number} images.</source><translation>有 {number} 张图像多数人认为没有人脸。</translation></message>
 </context>
</TS>
