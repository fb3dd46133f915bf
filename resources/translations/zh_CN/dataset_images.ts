<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>DatasetEditsController</name>
  <message>
   <source>Your corrections could not be saved in {path} ({reason}); they are kept while Mien is open. Make room or allow writing there, then make another correction.</source>
   <translation>无法把您的修改保存到 {path}（{reason}）；Mien 关闭之前这些修改会保留。请腾出空间或允许写入，然后再做一次修改。</translation>
  </message>
  <message>
   <source>Taken back: {change}.</source>
   <translation>已撤销：{change}。</translation>
  </message>
 </context>
 <context>
  <name>EditTexts</name>
  <message>
   <source>1 image excluded</source>
   <translation>排除了 1 张图像</translation>
  </message>
  <message>
   <source>{number} images excluded</source>
   <translation>排除了 {number} 张图像</translation>
  </message>
  <message>
   <source>1 image taken back in</source>
   <translation>恢复了 1 张图像</translation>
  </message>
  <message>
   <source>{number} images taken back in</source>
   <translation>恢复了 {number} 张图像</translation>
  </message>
  <message>
   <source>label of 1 image removed</source>
   <translation>去除了 1 张图像的标签</translation>
  </message>
  <message>
   <source>label of {number} images removed</source>
   <translation>去除了 {number} 张图像的标签</translation>
  </message>
  <message>
   <source>1 image relabelled as {label}</source>
   <translation>1 张图像改标为{label}</translation>
  </message>
  <message>
   <source>{number} images relabelled as {label}</source>
   <translation>{number} 张图像改标为{label}</translation>
  </message>
 </context>
 <context>
  <name>SampleTexts</name>
  <message>
   <source>No label</source>
   <translation>无标签</translation>
  </message>
  <message>
   <source>{split}, line {line}</source>
   <translation>{split}，第 {line} 行</translation>
  </message>
  <message>
   <source>exact repeat</source>
   <translation>完全重复</translation>
  </message>
  <message>
   <source>near repeat</source>
   <translation>近似重复</translation>
  </message>
  <message>
   <source>also in another split</source>
   <translation>也在另一划分中</translation>
  </message>
  <message>
   <source>blank</source>
   <translation>空白</translation>
  </message>
  <message>
   <source>very dark</source>
   <translation>非常暗</translation>
  </message>
  <message>
   <source>blurred</source>
   <translation>模糊</translation>
  </message>
  <message>
   <source>no face found</source>
   <translation>未找到人脸</translation>
  </message>
  <message>
   <source>no majority among the votes</source>
   <translation>投票无多数</translation>
  </message>
  <message>
   <source>tied votes</source>
   <translation>票数相同</translation>
  </message>
  <message>
   <source>suspected label error</source>
   <translation>疑似标签错误</translation>
  </message>
  <message>
   <source>relabelled</source>
   <translation>已改标</translation>
  </message>
  <message>
   <source>excluded</source>
   <translation>已排除</translation>
  </message>
  <message>
   <source>With remarks</source>
   <translation>有备注</translation>
  </message>
  <message>
   <source>Without remarks</source>
   <translation>无备注</translation>
  </message>
 </context>
 <context>
  <name>DatasetImagesController</name>
  <message>
   <source>Comparing the images…</source>
   <translation>正在比较图像…</translation>
  </message>
 </context>
 <context>
  <name>DatasetImagesPage</name>
  <message>
   <source>Show all images again (Esc)</source>
   <translation>重新显示所有图像 (Esc)</translation>
  </message>
  <message>
   <source>No image passes the filters.</source>
   <translation>没有符合筛选条件的图像。</translation>
  </message>
  <message>
   <source>Label as</source>
   <translation>标为</translation>
  </message>
  <message>
   <source>Exclude</source>
   <translation>排除</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>重做</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>Size of the images</source>
   <translation>图像大小</translation>
  </message>
  <message>
   <source>Size of the images (Ctrl and the mouse wheel)</source>
   <translation>图像大小（Ctrl 加鼠标滚轮）</translation>
  </message>
  <message>
   <source>Show the remark</source>
   <translation>显示备注</translation>
  </message>
  <message>
   <source>Exclude the chosen images, or take them back in</source>
   <translation>排除所选图像，或恢复它们</translation>
  </message>
  <message>
   <source>Take the last correction back</source>
   <translation>撤销上一次修改</translation>
  </message>
  <message>
   <source>Do it again</source>
   <translation>重做</translation>
  </message>
  <message>
   <source>Go to the next image</source>
   <translation>转到下一张图像</translation>
  </message>
  <message>
   <source>Look for a file or line</source>
   <translation>查找文件或行</translation>
  </message>
  <message>
   <source>Show all images again</source>
   <translation>重新显示所有图像</translation>
  </message>
  <message>
   <source>Only: {title}  ✕</source>
   <translation>仅：{title}  ✕</translation>
  </message>
  <message>
   <source>No label</source>
   <translation>无标签</translation>
  </message>
  <message>
   <source>File name</source>
   <translation>文件名</translation>
  </message>
  <message>
   <source>Line, or 120-140</source>
   <translation>行号，或 120-140</translation>
  </message>
  <message>
   <source>With or without remarks</source>
   <translation>有无备注均可</translation>
  </message>
  <message>
   <source>{number} of {total} images</source>
   <translation>{number} / {total} 张图像</translation>
  </message>
  <message>
   <source>{number} chosen</source>
   <translation>已选 {number} 张</translation>
  </message>
  <message>
   <source>Take back in</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Label the chosen images: 1 is the first expression, 7 the seventh</source>
   <translation>为所选图像标注：1 为第一种表情，7 为第七种</translation>
  </message>
 </context>
 <context>
  <name>ImageDetail</name>
  <message>
   <source>Pixels</source>
   <translation>像素</translation>
  </message>
  <message>
   <source>For the network</source>
   <translation>网络输入</translation>
  </message>
  <message>
   <source>As the network sees it: mean and contrast made alike</source>
   <translation>网络看到的样子：亮度和对比度已统一</translation>
  </message>
  <message>
   <source>Most alike</source>
   <translation>最相似的图像</translation>
  </message>
  <message>
   <source>Images most like this one</source>
   <translation>与此图像最相似的图像</translation>
  </message>
  <message>
   <source>In the source: {label}</source>
   <translation>源文件中：{label}</translation>
  </message>
  <message>
   <source>Remarks: {remarks}</source>
   <translation>备注：{remarks}</translation>
  </message>
  <message>
   <source>Not checked yet</source>
   <translation>尚未检查</translation>
  </message>
  <message>
   <source>What {number} people said</source>
   <translation>{number} 人的判断</translation>
  </message>
 </context>
 <context>
  <name>VoteBars</name>
  <message>
   <source>Could not tell</source>
   <translation>无法判断</translation>
  </message>
  <message>
   <source>No face</source>
   <translation>没有人脸</translation>
  </message>
 </context>
 <context>
  <name>AugmentPanel</name>
  <message>
   <source>Mirror</source>
   <translation>镜像</translation>
  </message>
  <message>
   <source>Shift</source>
   <translation>平移</translation>
  </message>
  <message>
   <source>Turn</source>
   <translation>旋转</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>缩放</translation>
  </message>
  <message>
   <source>Brightness</source>
   <translation>亮度</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>对比度</translation>
  </message>
  <message>
   <source>Erase a part</source>
   <translation>擦除局部</translation>
  </message>
  <message>
   <source>Blur</source>
   <translation>模糊</translation>
  </message>
  <message>
   <source>Noise</source>
   <translation>噪声</translation>
  </message>
  <message>
   <source>Changed as in training</source>
   <translation>按训练方式变化</translation>
  </message>
  <message>
   <source>Changed image {number}</source>
   <translation>变化后的图像 {number}</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>随机种子</translation>
  </message>
  <message>
   <source>As in training</source>
   <translation>与训练相同</translation>
  </message>
  <message>
   <source>All off</source>
   <translation>全部关闭</translation>
  </message>
 </context>
 <context>
  <name>QTabBar</name>
  <message>
   <source>Scroll Left</source>
   <translation>向左滚动</translation>
  </message>
  <message>
   <source>Scroll Right</source>
   <translation>向右滚动</translation>
  </message>
 </context>
</TS>
