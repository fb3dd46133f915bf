<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>CheckTexts</name>
  <message>
   <source>Exact repeats</source>
   <translation>完全重复</translation>
  </message>
  <message>
   <source>Near repeats</source>
   <translation>近似重复</translation>
  </message>
  <message>
   <source>Leaks between splits</source>
   <translation>划分之间的泄漏</translation>
  </message>
  <message>
   <source>Repeats with another label</source>
   <translation>标签不同的重复</translation>
  </message>
  <message>
   <source>Blank images</source>
   <translation>空白图像</translation>
  </message>
  <message>
   <source>Very dark images</source>
   <translation>过暗图像</translation>
  </message>
  <message>
   <source>Blurred images</source>
   <translation>模糊图像</translation>
  </message>
  <message>
   <source>No face found</source>
   <translation>未找到人脸</translation>
  </message>
  <message>
   <source>Suspected label errors</source>
   <translation>疑似标签错误</translation>
  </message>
  <message>
   <source>Label against the votes</source>
   <translation>标签与投票不符</translation>
  </message>
  <message>
   <source>Votes without a majority</source>
   <translation>投票没有过半数</translation>
  </message>
  <message>
   <source>Tied votes</source>
   <translation>票数相同</translation>
  </message>
  <message>
   <source>Low agreement</source>
   <translation>一致性低</translation>
  </message>
  <message>
   <source>Pixel for pixel the same as an earlier image of the same split: it counts twice.</source>
   <translation>与同一划分中较早的图像逐像素相同：被计算了两次。</translation>
  </message>
  <message>
   <source>Almost the same as another image of the same split: compressed again, brightened, mirrored or shifted a little.</source>
   <translation>与同一划分中的另一图像几乎相同：再次压缩、调亮、镜像或稍有移动。</translation>
  </message>
  <message>
   <source>The same picture stands in two splits: scores there come out too good. Training leaves exact ones out by itself.</source>
   <translation>同一图片出现在两个划分中：那里的得分会偏高。训练会自动排除完全相同的图像。</translation>
  </message>
  <message>
   <source>The same picture with two labels: at least one of them is wrong.</source>
   <translation>同一图片有两个标签：至少有一个是错的。</translation>
  </message>
  <message>
   <source>Nothing to see: all pixels have nearly the same value.</source>
   <translation>没有内容：所有像素的值几乎相同。</translation>
  </message>
  <message>
   <source>Nearly all pixels are close to black.</source>
   <translation>几乎所有像素都接近黑色。</translation>
  </message>
  <message>
   <source>Hardly any fine detail for its contrast, the most blurred first.</source>
   <translation>相对其对比度几乎没有细节，最模糊的在前。</translation>
  </message>
  <message>
   <source>The face detector found no face. Nearly nine in ten such remarks on FER2013 were right; it overlooks others. Look before you exclude.</source>
   <translation>人脸检测器没有找到人脸。在 FER2013 上，这类提示近九成是对的，也有遗漏。排除之前请先查看。</translation>
  </message>
  <message>
   <source>A network that had not seen these images prefers another label, the surest first. A suspicion, not a verdict: how many are right depends on the network, and fewer are further down.</source>
   <translation>没有见过这些图像的网络倾向于另一个标签，最有把握的在前。这只是怀疑，不是结论：有多少正确取决于网络，越往后正确的越少。</translation>
  </message>
  <message>
   <source>More than half of the people asked chose another expression than the label.</source>
   <translation>超过一半的投票者选择了与标签不同的表情。</translation>
  </message>
  <message>
   <source>No answer got more than half of the votes: people disagree.</source>
   <translation>没有任何答案超过半数：人们意见不一。</translation>
  </message>
  <message>
   <source>Two or more answers share the most votes.</source>
   <translation>两个或更多答案的票数并列最多。</translation>
  </message>
  <message>
   <source>Fewer than seven in ten people agree on one answer, least first.</source>
   <translation>同意同一答案的人不到七成，一致性最低的在前。</translation>
  </message>
  <message>
   <source>The same pixels twice in one split</source>
   <translation>同一划分中像素相同</translation>
  </message>
  <message>
   <source>Almost the same picture in one split</source>
   <translation>同一划分中几乎相同</translation>
  </message>
  <message>
   <source>One picture in two splits</source>
   <translation>一张图片在两个划分中</translation>
  </message>
  <message>
   <source>One picture, two labels</source>
   <translation>一张图片，两个标签</translation>
  </message>
  <message>
   <source>Nothing to see</source>
   <translation>没有内容</translation>
  </message>
  <message>
   <source>Nearly all pixels are black</source>
   <translation>几乎全黑</translation>
  </message>
  <message>
   <source>Hardly any fine detail</source>
   <translation>几乎没有细节</translation>
  </message>
  <message>
   <source>The detector found no face</source>
   <translation>检测器未找到人脸</translation>
  </message>
  <message>
   <source>A network prefers another label</source>
   <translation>网络倾向于另一个标签</translation>
  </message>
  <message>
   <source>Most people chose another label</source>
   <translation>多数人选择了别的标签</translation>
  </message>
  <message>
   <source>No answer has more than half</source>
   <translation>没有答案超过半数</translation>
  </message>
  <message>
   <source>Two answers share the lead</source>
   <translation>两个答案并列第一</translation>
  </message>
  <message>
   <source>Fewer than seven in ten agree</source>
   <translation>不到七成的人一致</translation>
  </message>
  <message>
   <source>Needs votes, which are not joined</source>
   <translation>需要投票数据，尚未合并</translation>
  </message>
  <message>
   <source>Not looked for yet</source>
   <translation>尚未查找</translation>
  </message>
  <message>
   <source>All {number} are excluded</source>
   <translation>{number} 项已全部排除</translation>
  </message>
  <message>
   <source>{number} more are excluded</source>
   <translation>另有 {number} 项已排除</translation>
  </message>
  <message>
   <source>{title}: {number} pairs</source>
   <translation>{title}：{number} 对</translation>
  </message>
  <message>
   <source>{title}: {number} images</source>
   <translation>{title}：{number} 张图像</translation>
  </message>
  <message>
   <source>No label</source>
   <translation>无标签</translation>
  </message>
  <message>
   <source>{split}, line {line}</source>
   <translation>{split}，第 {line} 行</translation>
  </message>
  <message>
   <source>excluded</source>
   <translation>已排除</translation>
  </message>
  <message>
   <source>Networks judge images they did not learn from; labels they find unlikely are suspected. You then look at each one and decide.</source>
   <translation>由网络判断它们没有学习过的图像；网络认为不太可能的标签会被怀疑。然后由您逐一查看并决定。</translation>
  </message>
  <message>
   <source>The Player's face detector looks at every image. This takes about {time} for {number} images; cancel when you like.</source>
   <translation>播放器的人脸检测器会查看每张图像。{number} 张图像约需 {time}；可随时取消。</translation>
  </message>
  <message>
   <source>{seconds} seconds</source>
   <translation>{seconds} 秒</translation>
  </message>
  <message>
   <source>{minutes} minutes</source>
   <translation>{minutes} 分钟</translation>
  </message>
  <message>
   <source>Small networks learn from a part each and judge the rest of the training and validation images; the test split stays untouched. About {time} of one core, longer beside other work. On FER2013 most voters of FER+ agreed with 84 of the first 100 suspicions, with 51 % of the first 1000, and with 22 % of all.</source>
   <translation>小网络各从一部分图像学习，并判断训练集和验证集中的其余图像；测试集不受影响。单核约需 {time}，有其他任务时更久。在 FER2013 上，FER+ 的多数投票者同意前 100 个怀疑中的 84 个、前 1000 个中的 51 %、全部中的 22 %。</translation>
  </message>
  <message>
   <source>Judges the validation images only, at once. Its accuracy there is {accuracy}, and its best epoch was chosen by them.</source>
   <translation>只判断验证集图像，立即完成。其准确率为 {accuracy}，最佳轮次也是由这些图像选出的。</translation>
  </message>
 </context>
 <context>
  <name>CheckWorker</name>
  <message>
   <source>Looking for repeats and poor images…</source>
   <translation>正在查找重复和质量差的图像…</translation>
  </message>
  <message>
   <source>Looking for faces…</source>
   <translation>正在查找人脸…</translation>
  </message>
  <message>
   <source>small networks, each of which learnt from the other images</source>
   <translation>几个小网络，每个只从其他图像学习</translation>
  </message>
  <message>
   <source>Training small networks to judge what they did not see…</source>
   <translation>正在训练小网络，来判断它们没有见过的图像…</translation>
  </message>
  <message>
   <source>Reading the predictions…</source>
   <translation>正在读取预测…</translation>
  </message>
  <message>
   <source>the run {name}, for the validation images only</source>
   <translation>训练 {name}（仅验证集图像）</translation>
  </message>
  <message>
   <source>Cannot write {path}: {reason}.</source>
   <translation>无法写入 {path}：{reason}。</translation>
  </message>
 </context>
 <context>
  <name>DatasetCheckController</name>
  <message>
   <source>small networks trained for it (k-fold)</source>
   <translation>专门训练的小网络（k 折）</translation>
  </message>
  <message>
   <source>{number} images were written to {path}.</source>
   <translation>已将 {number} 张图像写入 {path}。</translation>
  </message>
  <message>
   <source>Save the findings</source>
   <translation>保存检查结果</translation>
  </message>
  <message>
   <source>CSV files (*.csv)</source>
   <translation>CSV 文件 (*.csv)</translation>
  </message>
  <message>
   <source>{number} rows were copied.</source>
   <translation>已复制 {number} 行。</translation>
  </message>
  <message>
   <source>the run {name}</source>
   <translation>训练 {name}</translation>
  </message>
  <message>
   <source>The first {number} of {total} rows were copied; save the findings for all of them.</source>
   <translation>已复制 {total} 行中的前 {number} 行；要得到全部，请保存检查结果。</translation>
  </message>
 </context>
 <context>
  <name>DatasetCheckPage</name>
  <message>
   <source>Distrust the data</source>
   <translation>质疑数据</translation>
  </message>
  <message>
   <source>Look for pictures that repeat, also across splits, and for blank, dark and blurred ones. Nothing is changed until you say so, and never in the file.</source>
   <translation>查找重复的图片（包括跨划分的重复），以及空白、过暗和模糊的图像。未经您同意不会更改任何内容，文件本身永远不变。</translation>
  </message>
  <message>
   <source>Check the data set</source>
   <translation>检查数据集</translation>
  </message>
  <message>
   <source>Review what is shown</source>
   <translation>逐一复核所示图像</translation>
  </message>
  <message>
   <source>Show in Images</source>
   <translation>在“图像”中显示</translation>
  </message>
  <message>
   <source>Copy the list</source>
   <translation>复制列表</translation>
  </message>
  <message>
   <source>Save the findings</source>
   <translation>保存检查结果</translation>
  </message>
  <message>
   <source>Take the last correction back</source>
   <translation>撤销上一个更正</translation>
  </message>
  <message>
   <source>Do it again</source>
   <translation>重做</translation>
  </message>
  <message>
   <source>Exclude the chosen images</source>
   <translation>排除所选图像</translation>
  </message>
  <message>
   <source>Stop looking, or go back</source>
   <translation>停止查找或返回</translation>
  </message>
  <message>
   <source>Look for repeats and poor images</source>
   <translation>查找重复和质量差的图像</translation>
  </message>
  <message>
   <source>Look at them one by one</source>
   <translation>逐一查看</translation>
  </message>
  <message>
   <source>Show all of them in Images</source>
   <translation>在“图像”中全部显示</translation>
  </message>
  <message>
   <source>Copy the list shown as a table</source>
   <translation>将所示列表复制为表格</translation>
  </message>
  <message>
   <source>Save all findings as a CSV file</source>
   <translation>将全部检查结果保存为 CSV 文件</translation>
  </message>
  <message>
   <source>⚠ Corrections were made since these were looked for; look again to take them into account.</source>
   <translation>⚠ 查找之后又作了更正；请重新查找以反映这些更正。</translation>
  </message>
  <message>
   <source>Check again</source>
   <translation>重新检查</translation>
  </message>
  <message>
   <source>Exclude all but one of each…</source>
   <translation>每组只保留一张…</translation>
  </message>
  <message>
   <source>Exclude all…</source>
   <translation>全部排除…</translation>
  </message>
  <message>
   <source>Nothing found.</source>
   <translation>未发现问题。</translation>
  </message>
  <message>
   <source>No votes are joined to this data set.</source>
   <translation>该数据集没有合并投票数据。</translation>
  </message>
  <message>
   <source>Checking the data set</source>
   <translation>正在检查数据集</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Stop looking; what was found before stays (Esc)</source>
   <translation>停止查找；之前找到的结果保留（Esc）</translation>
  </message>
  <message>
   <source>What is looked for</source>
   <translation>查找的内容</translation>
  </message>
  <message>
   <source>Copy list</source>
   <translation>复制列表</translation>
  </message>
  <message>
   <source>Save findings…</source>
   <translation>保存结果…</translation>
  </message>
  <message>
   <source>Look again…</source>
   <translation>重新查找…</translation>
  </message>
  <message>
   <source>Review…</source>
   <translation>复核…</translation>
  </message>
  <message>
   <source>Images remarked on</source>
   <translation>有提示的图像</translation>
  </message>
 </context>
 <context>
  <name>ExcludeQuestion</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>The file stays as it is. Ctrl+Z takes all of it back at once.</source>
   <translation>文件保持不变。按 Ctrl+Z 可一次全部撤销。</translation>
  </message>
  <message>
   <source>The first of each stays.</source>
   <translation>每组保留第一张。</translation>
  </message>
  <message>
   <source>Exclude {number} images?</source>
   <translation>排除 {number} 张图像？</translation>
  </message>
  <message>
   <source>One of the test split stays before one of the validation split, and that before one for training, so that what scores are measured on stays whole.</source>
   <translation>优先保留测试集中的一张，其次是验证集，最后是训练集，这样用来衡量得分的图像保持完整。</translation>
  </message>
  <message>
   <source>Exclude {number} images</source>
   <translation>排除 {number} 张图像</translation>
  </message>
  <message>
   <source>Exclude {number} images, so that one of each of {groups} pictures stays?</source>
   <translation>排除 {number} 张图像，使 {groups} 张图片各保留一张？</translation>
  </message>
  <message>
   <source>{number} of the pictures carry different labels: there one with the most common label stays; look at them first if in doubt.</source>
   <translation>其中 {number} 张图片带有不同的标签：保留标签最常见的一张；如有疑问请先查看。</translation>
  </message>
 </context>
 <context>
  <name>FlaggedModel</name>
  <message>
   <source>reviewed</source>
   <translation>已复核</translation>
  </message>
 </context>
 <context>
  <name>LabelChoice</name>
  <message>
   <source>Label it {label} and go on ({key})</source>
   <translation>标为{label}并继续（{key}）</translation>
  </message>
  <message>
   <source>no face</source>
   <translation>没有人脸</translation>
  </message>
  <message>
   <source>cannot tell</source>
   <translation>无法判断</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>网络</translation>
  </message>
  <message>
   <source>Votes</source>
   <translation>投票</translation>
  </message>
  <message>
   <source>Other votes: {votes}</source>
   <translation>其他投票：{votes}</translation>
  </message>
  <message>
   <source>network {share}</source>
   <translation>网络 {share}</translation>
  </message>
  <message>
   <source>{number} votes</source>
   <translation>{number} 票</translation>
  </message>
 </context>
 <context>
  <name>PairModel</name>
  <message>
   <source>identical pixels</source>
   <translation>像素相同</translation>
  </message>
  <message>
   <source>different splits</source>
   <translation>不同划分</translation>
  </message>
  <message>
   <source>different labels</source>
   <translation>不同标签</translation>
  </message>
  <message>
   <source>distance {distance:.3f}</source>
   <translation>距离 {distance:.3f}</translation>
  </message>
 </context>
 <context>
  <name>PairsPanel</name>
  <message>
   <source>Most alike first</source>
   <translation>最相似的在前</translation>
  </message>
  <message>
   <source>Least alike first</source>
   <translation>最不相似的在前</translation>
  </message>
  <message>
   <source>In the order of the file</source>
   <translation>按文件顺序</translation>
  </message>
  <message>
   <source>All pairs</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>Different splits</source>
   <translation>不同划分</translation>
  </message>
  <message>
   <source>Different labels</source>
   <translation>不同标签</translation>
  </message>
  <message>
   <source>Exclude the right image of a pair</source>
   <translation>排除一对中右边的图像</translation>
  </message>
  <message>
   <source>Exclude the left image of a pair</source>
   <translation>排除一对中左边的图像</translation>
  </message>
  <message>
   <source>No pair to show.</source>
   <translation>没有可显示的图像对。</translation>
  </message>
  <message>
   <source>{number} pairs</source>
   <translation>{number} 对</translation>
  </message>
  <message>
   <source>Take back in</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Exclude</source>
   <translation>排除</translation>
  </message>
  <message>
   <source>excluded</source>
   <translation>已排除</translation>
  </message>
  <message>
   <source>Order of the pairs</source>
   <translation>图像对的顺序</translation>
  </message>
  <message>
   <source>Which pairs are shown</source>
   <translation>显示哪些图像对</translation>
  </message>
  <message>
   <source>With excluded ones</source>
   <translation>包括已排除的</translation>
  </message>
  <message>
   <source>Show also pairs of which an image is excluded already.</source>
   <translation>同时显示其中一张已被排除的图像对。</translation>
  </message>
  <message>
   <source>Pairs of repeated images</source>
   <translation>重复图像对</translation>
  </message>
  <message>
   <source>Del excludes the right image, Shift+Del the left one, Enter shows both in Images.</source>
   <translation>Del 排除右边的图像，Shift+Del 排除左边的，Enter 在“图像”中显示两张。</translation>
  </message>
 </context>
 <context>
  <name>ReviewPanel</name>
  <message>
   <source>Give the label with this number</source>
   <translation>给予该编号的标签</translation>
  </message>
  <message>
   <source>Images that look alike</source>
   <translation>相似的图像</translation>
  </message>
  <message>
   <source>Leave the review</source>
   <translation>离开复核</translation>
  </message>
  <message>
   <source>Accept the suggestion</source>
   <translation>接受建议</translation>
  </message>
  <message>
   <source>Exclude, or take back in</source>
   <translation>排除或恢复</translation>
  </message>
  <message>
   <source>Keep the label, next</source>
   <translation>保留标签，下一张</translation>
  </message>
  <message>
   <source>Previous image</source>
   <translation>上一张图像</translation>
  </message>
  <message>
   <source>There is nothing to review.</source>
   <translation>没有可复核的图像。</translation>
  </message>
  <message>
   <source>Take back in</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Exclude</source>
   <translation>排除</translation>
  </message>
  <message>
   <source>Take the image back in (Del)</source>
   <translation>恢复该图像（Del）</translation>
  </message>
  <message>
   <source>Leave the image out and go on (Del)</source>
   <translation>排除该图像并继续（Del）</translation>
  </message>
  <message>
   <source>Images that look alike are being sought…</source>
   <translation>正在查找相似的图像…</translation>
  </message>
  <message>
   <source>1 to {last} label, Enter accept, Del exclude, Space next, Shift+Space back, Ctrl+Z undo, Esc leave</source>
   <translation>1 到 {last} 标签，Enter 接受，Del 排除，Space 下一张，Shift+Space 上一张，Ctrl+Z 撤销，Esc 离开</translation>
  </message>
  <message>
   <source>{place}, reviewed ✓</source>
   <translation>{place}，已复核 ✓</translation>
  </message>
  <message>
   <source>{check}: image {number} of {total}</source>
   <translation>{check}：第 {number} / {total} 张</translation>
  </message>
  <message>
   <source>{number} of {total} reviewed</source>
   <translation>已复核 {number} / {total}</translation>
  </message>
  <message>
   <source>Back to the list</source>
   <translation>返回列表</translation>
  </message>
  <message>
   <source>Leave the review (Esc)</source>
   <translation>离开复核（Esc）</translation>
  </message>
  <message>
   <source>Reviewed so far</source>
   <translation>已复核数量</translation>
  </message>
  <message>
   <source>Give the image the suggested label and go on (Enter)</source>
   <translation>给图像建议的标签并继续（Enter）</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>Take the last correction back (Ctrl+Z)</source>
   <translation>撤销上一个更正（Ctrl+Z）</translation>
  </message>
  <message>
   <source>Previous</source>
   <translation>上一张</translation>
  </message>
  <message>
   <source>Back to the image before (Shift+Space)</source>
   <translation>回到前一张图像（Shift+Space）</translation>
  </message>
  <message>
   <source>Keep, next</source>
   <translation>保留，下一张</translation>
  </message>
  <message>
   <source>Keep the label and go on (Space)</source>
   <translation>保留标签并继续（Space）</translation>
  </message>
 </context>
 <context>
  <name>ReviewTexts</name>
  <message>
   <source>Label: {label} (in the file: {before})</source>
   <translation>标签：{label}（文件中：{before}）</translation>
  </message>
  <message>
   <source>Label: {label}</source>
   <translation>标签：{label}</translation>
  </message>
  <message>
   <source>No other label is suggested.</source>
   <translation>没有建议其他标签。</translation>
  </message>
  <message>
   <source>Suggested: {label} ({share} of the votes)</source>
   <translation>建议：{label}（占投票的 {share}）</translation>
  </message>
  <message>
   <source>Suggested: {label} ({share} by the network)</source>
   <translation>建议：{label}（网络给出 {share}）</translation>
  </message>
  <message>
   <source>You agreed with {agreed} of {judged} suggestions so far.</source>
   <translation>到目前为止，您同意了 {judged} 个建议中的 {agreed} 个。</translation>
  </message>
  <message>
   <source>Suggestions come from {source}; how many of them are right depends on it.</source>
   <translation>建议来自{source}；其中有多少正确取决于此。</translation>
  </message>
 </context>
 <context>
  <name>SeekPanel</name>
  <message>
   <source>Predictions &amp;from</source>
   <translation>预测来源(&amp;F)</translation>
  </message>
  <message>
   <source>Where the predictions come from</source>
   <translation>预测来自哪里</translation>
  </message>
  <message>
   <source>Find suspected label errors</source>
   <translation>查找疑似标签错误</translation>
  </message>
  <message>
   <source>Look for images without a face</source>
   <translation>查找没有人脸的图像</translation>
  </message>
 </context>
 <context>
  <name>DatasetTab</name>
  <message>
   <source>Check</source>
   <translation>检查</translation>
  </message>
 </context>
</TS>
