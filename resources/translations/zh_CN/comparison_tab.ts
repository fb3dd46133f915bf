<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>ComparisonWindow</name>
  <message>
   <source>&amp;Copy the table</source>
   <translation>复制表格(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Export the table as CSV…</source>
   <translation>将表格导出为 CSV(&amp;E)…</translation>
  </message>
  <message>
   <source>&amp;Hide</source>
   <translation>隐藏(&amp;H)</translation>
  </message>
  <message>
   <source>&amp;Judge on</source>
   <translation>评判数据(&amp;J)</translation>
  </message>
  <message>
   <source>&amp;Note…</source>
   <translation>备注(&amp;N)…</translation>
  </message>
  <message>
   <source>&amp;Pin to the top</source>
   <translation>置顶(&amp;P)</translation>
  </message>
  <message>
   <source>&amp;Rename…</source>
   <translation>重命名(&amp;R)…</translation>
  </message>
  <message>
   <source>95 % interval</source>
   <translation>95 % 区间</translation>
  </message>
  <message>
   <source>95 of 100 faces took no longer than so many milliseconds</source>
   <translation>100 张人脸中有 95 张不超过这么多毫秒</translation>
  </message>
  <message>
   <source>A line for each model</source>
   <translation>每个模型一行</translation>
  </message>
  <message>
   <source>Add a model that someone sent: .safetensors or .onnx, exported by Mien</source>
   <translation>添加别人发来的模型：由 Mien 导出的 .safetensors 或 .onnx</translation>
  </message>
  <message>
   <source>All {total} settings.</source>
   <translation>全部 {total} 项设置。</translation>
  </message>
  <message>
   <source>Another data set…</source>
   <translation>其他数据集…</translation>
  </message>
  <message>
   <source>As table</source>
   <translation>表格</translation>
  </message>
  <message>
   <source>Balanced</source>
   <translation>均衡准确率</translation>
  </message>
  <message>
   <source>Balanced accuracy: mean share recognised of each class</source>
   <translation>均衡准确率：各类别识别比例的平均值</translation>
  </message>
  <message>
   <source>Both wrong</source>
   <translation>两者都错</translation>
  </message>
  <message>
   <source>Cannot write {path}; choose another folder.</source>
   <translation>无法写入 {path}；请选择其他文件夹。</translation>
  </message>
  <message>
   <source>Choose a data set to judge on</source>
   <translation>选择用于评判的数据集</translation>
  </message>
  <message>
   <source>Choose a model in the table above.</source>
   <translation>请在上面的表格中选择一个模型。</translation>
  </message>
  <message>
   <source>Choose a second run to see what differs.</source>
   <translation>再选择一个训练结果即可查看差异。</translation>
  </message>
  <message>
   <source>Choose training runs in the table above to see how they learnt.</source>
   <translation>请在上面的表格中选择训练结果，查看学习过程。</translation>
  </message>
  <message>
   <source>Choose training runs above to see their settings.</source>
   <translation>请在上面选择训练结果，查看其设置。</translation>
  </message>
  <message>
   <source>Choose two models in the table above (hold Ctrl for the second).</source>
   <translation>请在上面的表格中选择两个模型（按住 Ctrl 选择第二个）。</translation>
  </message>
  <message>
   <source>Choose what the table tells; a right click on its headings does the same</source>
   <translation>选择表格显示的列；右键点击表头效果相同</translation>
  </message>
  <message>
   <source>Class</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>Click a curve to choose its run.</source>
   <translation>点击曲线即可选中对应的训练结果。</translation>
  </message>
  <message>
   <source>Columns</source>
   <translation>列</translation>
  </message>
  <message>
   <source>Confusion</source>
   <translation>混淆矩阵</translation>
  </message>
  <message>
   <source>Cop&amp;y the table</source>
   <translation>复制表格(&amp;Y)</translation>
  </message>
  <message>
   <source>Copy or save the picture and its numbers</source>
   <translation>复制或保存图片及其数值</translation>
  </message>
  <message>
   <source>Counts</source>
   <translation>数量</translation>
  </message>
  <message>
   <source>Data set to judge on</source>
   <translation>用于评判的数据集</translation>
  </message>
  <message>
   <source>Data set whose images all models are scored on</source>
   <translation>所有模型都用该数据集的图像评分</translation>
  </message>
  <message>
   <source>Data sets (*.csv *.gz *.zip);;All files (*)</source>
   <translation>数据集 (*.csv *.gz *.zip);;所有文件 (*)</translation>
  </message>
  <message>
   <source>Difference of two, points</source>
   <translation>两者之差（百分点）</translation>
  </message>
  <message>
   <source>Draw a running mean over three epochs; the table keeps the values</source>
   <translation>绘制三个轮次的滑动平均；表格中保留原值</translation>
  </message>
  <message>
   <source>Export as &amp;ONNX…</source>
   <translation>导出为 ONNX(&amp;O)…</translation>
  </message>
  <message>
   <source>F1 (both together)</source>
   <translation>F1（两者结合）</translation>
  </message>
  <message>
   <source>Faces in a second, one after the other</source>
   <translation>每秒逐张处理的人脸数</translation>
  </message>
  <message>
   <source>Faces/s</source>
   <translation>人脸/秒</translation>
  </message>
  <message>
   <source>First right, second wrong</source>
   <translation>第一个对，第二个错</translation>
  </message>
  <message>
   <source>First wrong, second right</source>
   <translation>第一个错，第二个对</translation>
  </message>
  <message>
   <source>Highest loss</source>
   <translation>损失最高</translation>
  </message>
  <message>
   <source>Highest loss of {first}</source>
   <translation>{first} 损失最高的图像</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>图像</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>导入…</translation>
  </message>
  <message>
   <source>It learnt {count} of the {total} judged images, so the score is too good.</source>
   <translation>它学过 {total} 张评判图像中的 {count} 张，因此得分偏高。</translation>
  </message>
  <message>
   <source>It was scored on other data ({data}), so the numbers cannot be compared.</source>
   <translation>它是在其他数据（{data}）上评分的，数值不可比较。</translation>
  </message>
  <message>
   <source>It was trained on other data ({data}), which may hold some of these images.</source>
   <translation>它用其他数据（{data}）训练，其中可能包含部分这些图像。</translation>
  </message>
  <message>
   <source>Its best epoch was chosen on this split, so the score is a little too good.</source>
   <translation>它的最佳轮次是在这个划分上选出的，因此得分略微偏高。</translation>
  </message>
  <message>
   <source>Its file does not say what it was trained on; it may have learnt these images.</source>
   <translation>文件没有说明训练数据；它可能学过这些图像。</translation>
  </message>
  <message>
   <source>Judged on</source>
   <translation>评判依据</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Leave out the settings that all chosen models share</source>
   <translation>略去所选模型都相同的设置</translation>
  </message>
  <message>
   <source>Loss</source>
   <translation>损失</translation>
  </message>
  <message>
   <source>MB</source>
   <translation>大小（兆）</translation>
  </message>
  <message>
   <source>Mean F1 of the classes: rare ones count as much as common ones</source>
   <translation>各类别 F1 的平均值：少见类别与常见类别同等重要</translation>
  </message>
  <message>
   <source>Mean cross entropy; wrong answers given with confidence cost most</source>
   <translation>平均交叉熵；自信的错误代价最大</translation>
  </message>
  <message>
   <source>Measure speed</source>
   <translation>测量速度</translation>
  </message>
  <message>
   <source>Median time for one face on this machine; the button measures it</source>
   <translation>本机处理一张人脸的中位时间；点击按钮测量</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Move the chosen models to the trash</source>
   <translation>将所选模型移到回收站</translation>
  </message>
  <message>
   <source>Move the chosen models to the trash (Del)</source>
   <translation>将所选模型移到回收站 (Del)</translation>
  </message>
  <message>
   <source>Move to the &amp;trash…</source>
   <translation>移到回收站(&amp;T)…</translation>
  </message>
  <message>
   <source>Move {name} to the trash?</source>
   <translation>将 {name} 移到回收站？</translation>
  </message>
  <message>
   <source>Move {number} models to the trash?</source>
   <translation>将 {number} 个模型移到回收站？</translation>
  </message>
  <message>
   <source>Name of {name} in this table; its folder keeps its own.</source>
   <translation>{name} 在此表格中的名称；文件夹名称不变。</translation>
  </message>
  <message>
   <source>No &amp;baseline any more</source>
   <translation>取消基准(&amp;B)</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>备注</translation>
  </message>
  <message>
   <source>Only differences</source>
   <translation>仅显示差异</translation>
  </message>
  <message>
   <source>Open in Dataset tab</source>
   <translation>在数据集页打开</translation>
  </message>
  <message>
   <source>Open the folder of the model</source>
   <translation>打开模型所在文件夹</translation>
  </message>
  <message>
   <source>Per class</source>
   <translation>各类别</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>图表</translation>
  </message>
  <message>
   <source>Pictures (*.png)</source>
   <translation>图片 (*.png)</translation>
  </message>
  <message>
   <source>Pin, rename, annotate, hide, export the chosen models</source>
   <translation>置顶、重命名、备注、隐藏、导出所选模型</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>精确率</translation>
  </message>
  <message>
   <source>Precision (share of the answers that are right)</source>
   <translation>精确率（回答正确的比例）</translation>
  </message>
  <message>
   <source>Press Score above: this picture needs the models' answers.</source>
   <translation>请点击上面的“评分”：此图需要模型的回答。</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>进度</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>召回率</translation>
  </message>
  <message>
   <source>Recall (share of the class that is recognised)</source>
   <translation>召回率（该类别被识别的比例）</translation>
  </message>
  <message>
   <source>Rename the model</source>
   <translation>重命名模型</translation>
  </message>
  <message>
   <source>Report…</source>
   <translation>报告…</translation>
  </message>
  <message>
   <source>S&amp;how again</source>
   <translation>重新显示(&amp;H)</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Save as</source>
   <translation>另存为</translation>
  </message>
  <message>
   <source>Save the &amp;picture as PNG…</source>
   <translation>将图片保存为 PNG(&amp;P)…</translation>
  </message>
  <message>
   <source>Save the &amp;table as CSV…</source>
   <translation>将表格保存为 CSV(&amp;T)…</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>评分</translation>
  </message>
  <message>
   <source>Score the chosen models on these images; what is known already is not done again</source>
   <translation>用这些图像为所选模型评分；已有结果不会重做</translation>
  </message>
  <message>
   <source>Scoring…</source>
   <translation>正在评分…</translation>
  </message>
  <message>
   <source>Setting</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Share of the images that were named as labelled</source>
   <translation>回答与标签一致的图像比例</translation>
  </message>
  <message>
   <source>Show hidden</source>
   <translation>显示隐藏项</translation>
  </message>
  <message>
   <source>Show the images of the chosen cell in the Dataset tab, where labels can be corrected</source>
   <translation>在数据集页查看所选单元格的图像，可在那里更正标签</translation>
  </message>
  <message>
   <source>Show the numbers behind the picture</source>
   <translation>显示图中的数值</translation>
  </message>
  <message>
   <source>Show these images in the Dataset tab, where labels can be corrected</source>
   <translation>在数据集页查看这些图像，可在那里更正标签</translation>
  </message>
  <message>
   <source>Size of the file with the weights</source>
   <translation>权重文件大小</translation>
  </message>
  <message>
   <source>Smooth</source>
   <translation>平滑</translation>
  </message>
  <message>
   <source>Split to judge on</source>
   <translation>用于评判的划分</translation>
  </message>
  <message>
   <source>Split whose images all models are scored on</source>
   <translation>所有模型都用该划分的图像评分</translation>
  </message>
  <message>
   <source>Sure, %</source>
   <translation>把握（%）</translation>
  </message>
  <message>
   <source>The chosen models have the same settings: all {total}.</source>
   <translation>所选模型的设置完全相同：共 {total} 项。</translation>
  </message>
  <message>
   <source>The first {number} of {total} chosen runs are drawn.</source>
   <translation>仅绘制所选 {total} 个训练结果中的前 {number} 个。</translation>
  </message>
  <message>
   <source>The table is on the clipboard.</source>
   <translation>表格已复制到剪贴板。</translation>
  </message>
  <message>
   <source>There is no such image.</source>
   <translation>没有这样的图像。</translation>
  </message>
  <message>
   <source>Time one face with each chosen model on this machine</source>
   <translation>在本机上测量每个所选模型处理一张人脸的时间</translation>
  </message>
  <message>
   <source>Trained on</source>
   <translation>训练数据</translation>
  </message>
  <message>
   <source>Training accuracy, %</source>
   <translation>训练准确率（%）</translation>
  </message>
  <message>
   <source>Training loss</source>
   <translation>训练损失</translation>
  </message>
  <message>
   <source>Training time</source>
   <translation>训练时间</translation>
  </message>
  <message>
   <source>Un&amp;pin</source>
   <translation>取消置顶(&amp;P)</translation>
  </message>
  <message>
   <source>Use as &amp;baseline</source>
   <translation>设为基准(&amp;B)</translation>
  </message>
  <message>
   <source>Validation loss</source>
   <translation>验证损失</translation>
  </message>
  <message>
   <source>Validation macro F1</source>
   <translation>验证宏 F1</translation>
  </message>
  <message>
   <source>Values of the picture</source>
   <translation>图中的数值</translation>
  </message>
  <message>
   <source>What do you want to remember about {name}?</source>
   <translation>关于 {name}，您想记下什么？</translation>
  </message>
  <message>
   <source>What is drawn over the epochs</source>
   <translation>随轮次绘制的内容</translation>
  </message>
  <message>
   <source>What the bars show</source>
   <translation>柱形表示的内容</translation>
  </message>
  <message>
   <source>What the cells say</source>
   <translation>单元格表示的内容</translation>
  </message>
  <message>
   <source>Where the accuracy would lie on other images of the same kind (bootstrap)</source>
   <translation>换成同类的其他图像时准确率所在的范围（自助法）</translation>
  </message>
  <message>
   <source>Which images</source>
   <translation>哪些图像</translation>
  </message>
  <message>
   <source>Which images the scores are of; ⚠ where they may not be compared</source>
   <translation>得分来自哪些图像；⚠ 表示不可比较</translation>
  </message>
  <message>
   <source>Write a model &amp;card…</source>
   <translation>写模型卡(&amp;C)…</translation>
  </message>
  <message>
   <source>Write a page about the chosen models that anyone can open</source>
   <translation>为所选模型写一份任何人都能打开的网页报告</translation>
  </message>
  <message>
   <source>[baseline]</source>
   <translation>[基准]</translation>
  </message>
  <message>
   <source>epoch chosen on them</source>
   <translation>轮次据此选出</translation>
  </message>
  <message>
   <source>damaged</source>
   <translation>已损坏</translation>
  </message>
  <message>
   <source>imported</source>
   <translation>导入</translation>
  </message>
  <message>
   <source>its own validation</source>
   <translation>自己的验证集</translation>
  </message>
  <message>
   <source>learnt from these images</source>
   <translation>学过这些图像</translation>
  </message>
  <message>
   <source>ms a face</source>
   <translation>毫秒/人脸</translation>
  </message>
  <message>
   <source>other images</source>
   <translation>其他图像</translation>
  </message>
  <message>
   <source>p95</source>
   <translation>p95</translation>
  </message>
  <message>
   <source>published figure</source>
   <translation>已发表数据</translation>
  </message>
  <message>
   <source>reported elsewhere</source>
   <translation>他处报告</translation>
  </message>
  <message>
   <source>these images</source>
   <translation>这些图像</translation>
  </message>
  <message>
   <source>trained on other data</source>
   <translation>用其他数据训练</translation>
  </message>
  <message>
   <source>training data unknown</source>
   <translation>训练数据未知</translation>
  </message>
  <message>
   <source>{first} and {second} wrong</source>
   <translation>{first} 与 {second} 都错</translation>
  </message>
  <message>
   <source>{first} minus {second}</source>
   <translation>{first} 减 {second}</translation>
  </message>
  <message>
   <source>{first} right, {second} wrong</source>
   <translation>{first} 对，{second} 错</translation>
  </message>
  <message>
   <source>{measure}, %</source>
   <translation>{measure}（%）</translation>
  </message>
  <message>
   <source>{name} (no images)</source>
   <translation>{name}（没有图像）</translation>
  </message>
  <message>
   <source>{model} does worst on {name}: {share} of them are recognised.</source>
   <translation>{model} 对“{name}”最差：识别了其中 {share}。</translation>
  </message>
  <message>
   <source>{model}: {answer}, {share} % sure</source>
   <translation>{model}：{answer}，把握 {share} %</translation>
  </message>
  <message>
   <source>{name} has no images in this split; choose another to judge on.</source>
   <translation>{name} 在此划分中没有图像；请选择其他划分。</translation>
  </message>
  <message>
   <source>{number} images of {name}, identity {hash}.</source>
   <translation>{name} 的 {number} 张图像，标识 {hash}。</translation>
  </message>
  <message>
   <source>{number} models were scored.</source>
   <translation>已为 {number} 个模型评分。</translation>
  </message>
  <message>
   <source>{number} of {total} settings differ.</source>
   <translation>{total} 项设置中有 {number} 项不同。</translation>
  </message>
  <message>
   <source>{second} right, {first} wrong</source>
   <translation>{second} 对，{first} 错</translation>
  </message>
  <message>
   <source>{target} taken for {pred}: {points} points more by {first} than {second}.</source>
   <translation>{target} 被当作 {pred}：{first} 比 {second} 多 {points} 个百分点。</translation>
  </message>
  <message>
   <source>{title}: {shown} of {total} images.</source>
   <translation>{title}：显示 {total} 张中的 {shown} 张。</translation>
  </message>
  <message>
   <source>{total} images; the surest answers come first.</source>
   <translation>{total} 张图像；最有把握的回答在前。</translation>
  </message>
  <message>
   <source>&amp;Answers</source>
   <translation>回答(&amp;A)</translation>
  </message>
  <message>
   <source>100 images are needed to judge confidence.</source>
   <translation>评判置信度至少需要 100 张图像。</translation>
  </message>
  <message>
   <source>6 or 7 agree</source>
   <translation>6 或 7 人一致</translation>
  </message>
  <message>
   <source>8 to 10 of 10 agree</source>
   <translation>10 人中 8 至 10 人一致</translation>
  </message>
  <message>
   <source>95 of 100, ms</source>
   <translation>100 张中的 95 张（毫秒）</translation>
  </message>
  <message>
   <source>A person</source>
   <translation>一个人</translation>
  </message>
  <message>
   <source>A person drawn from the ten agrees with the label on {person:.0f} % of these images, the majority of them on {majority:.0f} %.</source>
   <translation>从十人中随机抽一人，与标签一致的图像占 {person:.0f} %；多数意见与标签一致的占 {majority:.0f} %。</translation>
  </message>
  <message>
   <source>Accuracy of the answers, %</source>
   <translation>回答的准确率（%）</translation>
  </message>
  <message>
   <source>Agrees with the label, %</source>
   <translation>与标签一致（%）</translation>
  </message>
  <message>
   <source>All images</source>
   <translation>所有图像</translation>
  </message>
  <message>
   <source>Another image</source>
   <translation>换一张图像</translation>
  </message>
  <message>
   <source>Balanced accuracy, %</source>
   <translation>均衡准确率（%）</translation>
  </message>
  <message>
   <source>Below the line it is surer than it should be.</source>
   <translation>低于对角线表示过于自信。</translation>
  </message>
  <message>
   <source>Blur, pixels of 48</source>
   <translation>模糊（48 像素中的像素数）</translation>
  </message>
  <message>
   <source>Calibration</source>
   <translation>校准</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>变化</translation>
  </message>
  <message>
   <source>Choose a second model to see whether the two differ.</source>
   <translation>再选择一个模型，查看两者是否有差异。</translation>
  </message>
  <message>
   <source>Choose models and press Measure speed above: it takes seconds a model.</source>
   <translation>请选择模型并点击上面的“测量速度”：每个模型只需几秒。</translation>
  </message>
  <message>
   <source>Choose the file with FER+ votes (fer2013new.csv) of these images</source>
   <translation>选择这些图像的 FER+ 投票文件（fer2013new.csv）</translation>
  </message>
  <message>
   <source>Class that is explained</source>
   <translation>要解释的类别</translation>
  </message>
  <message>
   <source>Darkness</source>
   <translation>变暗</translation>
  </message>
  <message>
   <source>Divide the logits by one number, fitted on the other half of the images (Guo et al., 2017)</source>
   <translation>将 logits 除以一个数，该数在另一半图像上拟合（Guo 等，2017）</translation>
  </message>
  <message>
   <source>Drag the slider, or click into the picture.</source>
   <translation>拖动滑块，或点击图中位置。</translation>
  </message>
  <message>
   <source>Explain</source>
   <translation>解释</translation>
  </message>
  <message>
   <source>Face in the frame, pixels</source>
   <translation>画面中的人脸（像素）</translation>
  </message>
  <message>
   <source>Faces answered, %</source>
   <translation>回答的人脸（%）</translation>
  </message>
  <message>
   <source>Fewer agree</source>
   <translation>更少人一致</translation>
  </message>
  <message>
   <source>From</source>
   <translation>从</translation>
  </message>
  <message>
   <source>Grad-CAM</source>
   <translation>Grad-CAM</translation>
  </message>
  <message>
   <source>How sure it is</source>
   <translation>把握程度</translation>
  </message>
  <message>
   <source>Images that are tried</source>
   <translation>试用的图像数</translation>
  </message>
  <message>
   <source>Import a model</source>
   <translation>导入模型</translation>
  </message>
  <message>
   <source>95 % intervals by bootstrap over the images; pairs by McNemar's test.</source>
   <translation>95 % 区间由图像自助法得出；两两比较用 McNemar 检验。</translation>
  </message>
  <message>
   <source>Its answer</source>
   <translation>它的回答</translation>
  </message>
  <message>
   <source>JPEG</source>
   <translation>JPEG</translation>
  </message>
  <message>
   <source>JPEG quality</source>
   <translation>JPEG 质量</translation>
  </message>
  <message>
   <source>Labelled {label}</source>
   <translation>标签：{label}</translation>
  </message>
  <message>
   <source>Macro F1, %</source>
   <translation>宏 F1（%）</translation>
  </message>
  <message>
   <source>Markdown (*.md)</source>
   <translation>Markdown (*.md)</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>测量</translation>
  </message>
  <message>
   <source>Median, ms</source>
   <translation>中位数（毫秒）</translation>
  </message>
  <message>
   <source>Milliseconds for one face, median, one thread</source>
   <translation>一张人脸的毫秒数（中位数，单线程）</translation>
  </message>
  <message>
   <source>Models (*.safetensors *.onnx);;All files (*)</source>
   <translation>模型 (*.safetensors *.onnx);;所有文件 (*)</translation>
  </message>
  <message>
   <source>Most people</source>
   <translation>多数人</translation>
  </message>
  <message>
   <source>Noise, grey levels of 255</source>
   <translation>噪声（255 灰度级中的级数）</translation>
  </message>
  <message>
   <source>Nothing is quicker and better</source>
   <translation>没有更快又更好的</translation>
  </message>
  <message>
   <source>ONNX networks (*.onnx)</source>
   <translation>ONNX 网络 (*.onnx)</translation>
  </message>
  <message>
   <source>Occlusion</source>
   <translation>遮挡</translation>
  </message>
  <message>
   <source>On {number} images, unchanged at the left; bars are 95 % intervals.</source>
   <translation>使用 {number} 张图像，最左为未改动；误差线为 95 % 区间。</translation>
  </message>
  <message>
   <source>One of the ten people</source>
   <translation>十人中的一人</translation>
  </message>
  <message>
   <source>People</source>
   <translation>人类</translation>
  </message>
  <message>
   <source>People who agree</source>
   <translation>意见一致的人数</translation>
  </message>
  <message>
   <source>Press Explain. An image chosen on the Images page is taken here.</source>
   <translation>请点击“解释”。在“图像”页选中的图像会用在这里。</translation>
  </message>
  <message>
   <source>Press Measure: the chosen models are tried on worse images.</source>
   <translation>请点击“测量”：将用较差的图像测试所选模型。</translation>
  </message>
  <message>
   <source>Press Score first: the report is about what was judged.</source>
   <translation>请先点击“评分”：报告基于评判结果。</translation>
  </message>
  <message>
   <source>Robustness</source>
   <translation>稳健性</translation>
  </message>
  <message>
   <source>Share of faces that are answered</source>
   <translation>回答的人脸比例</translation>
  </message>
  <message>
   <source>Share of faces that are answered; the least sure ones are not</source>
   <translation>回答的人脸比例；最没把握的不回答</translation>
  </message>
  <message>
   <source>Share of the light that is left</source>
   <translation>剩余光线比例</translation>
  </message>
  <message>
   <source>Share that is covered</source>
   <translation>遮挡比例</translation>
  </message>
  <message>
   <source>Share that is right</source>
   <translation>正确比例</translation>
  </message>
  <message>
   <source>Shift, share of the side</source>
   <translation>平移（占边长比例）</translation>
  </message>
  <message>
   <source>Small face</source>
   <translation>小人脸</translation>
  </message>
  <message>
   <source>So many images are tried, the same for every model</source>
   <translation>试用的图像数，对每个模型都相同</translation>
  </message>
  <message>
   <source>Speaks for {name}</source>
   <translation>支持“{name}”之处</translation>
  </message>
  <message>
   <source>Statistics</source>
   <translation>统计</translation>
  </message>
  <message>
   <source>Store in the model…</source>
   <translation>存入模型…</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>强度</translation>
  </message>
  <message>
   <source>Take another image of the split</source>
   <translation>从该划分中另取一张图像</translation>
  </message>
  <message>
   <source>The differences are being judged…</source>
   <translation>正在评判差异…</translation>
  </message>
  <message>
   <source>The expression of one face alone; finding it in the frame comes on top.</source>
   <translation>仅为一张人脸的表情识别时间；不含在画面中寻找人脸。</translation>
  </message>
  <message>
   <source>All of these keep up with {rate} frames/s.</source>
   <translation>它们都能跟上每秒 {rate} 帧。</translation>
  </message>
  <message>
   <source>The same with random weights</source>
   <translation>随机权重下的结果</translation>
  </message>
  <message>
   <source>This data set carries no votes of people. Join FER+'s (fer2013new.csv) to it with Votes…, then score again.</source>
   <translation>此数据集没有人类投票。请用“投票…”加入 FER+ 投票（fer2013new.csv），然后重新评分。</translation>
  </message>
  <message>
   <source>To</source>
   <translation>至</translation>
  </message>
  <message>
   <source>Unsure below</source>
   <translation>低于此值为不确定</translation>
  </message>
  <message>
   <source>Votes…</source>
   <translation>投票…</translation>
  </message>
  <message>
   <source>Web pages (*.html)</source>
   <translation>网页 (*.html)</translation>
  </message>
  <message>
   <source>What is done to the images</source>
   <translation>对图像所做的改动</translation>
  </message>
  <message>
   <source>What stands upwards</source>
   <translation>纵轴内容</translation>
  </message>
  <message>
   <source>What the numbers say</source>
   <translation>数值说明</translation>
  </message>
  <message>
   <source>Where people disagree no network can be right for all.</source>
   <translation>在人们意见不一之处，没有网络能让所有人满意。</translation>
  </message>
  <message>
   <source>With the best temperature</source>
   <translation>使用最佳温度</translation>
  </message>
  <message>
   <source>Write the temperature into the model, so that the Player shows honest percentages</source>
   <translation>将温度写入模型，使播放器显示可信的百分比</translation>
  </message>
  <message>
   <source>Write the threshold into the model: the Player says Unsure below it</source>
   <translation>将阈值写入模型：低于它时播放器显示“不确定”</translation>
  </message>
  <message>
   <source>{a} and {b} give the same answer for every image.</source>
   <translation>{a} 与 {b} 对每张图像的回答都相同。</translation>
  </message>
  <message>
   <source>{a} and {b}: no difference shown: 95 % interval of the difference {low:+.1f} to {high:+.1f} points (only {a} right: {only_a}, only {b}: {only_b}, {p}).</source>
   <translation>{a} 与 {b}：未显示出差异：差值的 95 % 区间为 {low:+.1f} 至 {high:+.1f} 个百分点（仅 {a} 正确：{only_a}，仅 {b} 正确：{only_b}，{p}）。</translation>
  </message>
  <message>
   <source>{a} is better than {b} by {difference:.1f} points, 95 % interval {low:+.1f} to {high:+.1f} (only {a} right: {only_a}, only {b}: {only_b}, {p}).</source>
   <translation>{a} 比 {b} 好 {difference:.1f} 个百分点，95 % 区间 {low:+.1f} 至 {high:+.1f}（仅 {a} 正确：{only_a}，仅 {b} 正确：{only_b}，{p}）。</translation>
  </message>
  <message>
   <source>{model} answers {share:.0f} % of faces at {accuracy:.0f} %, unsure below {threshold:.2f}.</source>
   <translation>{model} 以 {accuracy:.0f} % 的准确率回答 {share:.0f} % 的人脸，低于 {threshold:.2f} 为不确定。</translation>
  </message>
  <message>
   <source>{model}: a map is flat, so it says nothing.</source>
   <translation>{model}：有一张图是平的，因此说明不了什么。</translation>
  </message>
  <message>
   <source>{model}: calibration error {before:.1f} % as it is, {after:.1f} % with the temperature {temperature:.2f}; {chance:.1f} % would be chance alone.</source>
   <translation>{model}：现在的校准误差为 {before:.1f} %，温度为 {temperature:.2f} 时为 {after:.1f} %；仅由偶然造成的为 {chance:.1f} %。</translation>
  </message>
  <message>
   <source>{model}: {share:.0f} % sure of {name}. Both maps correlate by {similarity:.2f}: near 0 the map shows what was learnt, near 1 it would look so anyway.</source>
   <translation>{model}：对“{name}”有 {share:.0f} % 的把握。两图相关性为 {similarity:.2f}：接近 0 表示图中显示的是学到的内容，接近 1 表示无论如何都会是这样。</translation>
  </message>
  <message>
   <source>{names} differ by their seed only: mean {mean:.1f} %, standard deviation {sd:.1f} points over {count} seeds.</source>
   <translation>{names} 仅随机种子不同：{count} 个种子的平均值为 {mean:.1f} %，标准差为 {sd:.1f} 个百分点。</translation>
  </message>
  <message>
   <source>{name} now has the temperature {temperature:.2f} and is unsure below {threshold:.2f}; score it again to see it so.</source>
   <translation>{name} 现在的温度为 {temperature:.2f}，低于 {threshold:.2f} 为不确定；重新评分即可看到。</translation>
  </message>
  <message>
   <source>{name} was imported.</source>
   <translation>已导入 {name}。</translation>
  </message>
  <message>
   <source>{number} models were timed.</source>
   <translation>已测量 {number} 个模型的速度。</translation>
  </message>
  <message>
   <source>{rate} frames/s</source>
   <translation>{rate} 帧/秒</translation>
  </message>
  <message>
   <source>Unsure</source>
   <translation>不确定</translation>
  </message>
 </context>
</TS>
