<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Faces</name>
    <message><source>corrected: {expression}</source><translation>已更正：{expression}</translation></message>
</context>
<context>
    <name>FacePanel</name>
    <message><source>You corrected it; the bars are the network's.</source><translation>这是你的更正；条形图是网络的结果。</translation></message>
</context>
<context>
    <name>PlayerLabels</name>
    <message><source>Paused: the selected face shows {expression}</source><translation>暂停时：所选人脸是“{expression}”</translation></message>
    <message><source>Paused: take the selected face's correction back</source><translation>暂停时：撤回对所选人脸的更正</translation></message>
    <message><source>This face shows</source><translation>这张脸是</translation></message>
    <message><source>Take the correction back</source><translation>撤回更正</translation></message>
</context>
<context>
    <name>CorrectionsController</name>
    <message><source>There is no correction to undo.</source><translation>没有可以撤销的更正。</translation></message>
    <message><source>The last correction is undone.</source><translation>已撤销上一次更正。</translation></message>
    <message><source>The label is shown again, but the face is no longer kept; press its key again to keep it.</source><translation>标签已恢复显示，但这张脸已不再保存；请再按一次对应的键来保存它。</translation></message>
    <message><source>This face has no correction.</source><translation>这张脸没有更正。</translation></message>
    <message><source>The correction was taken back.</source><translation>已撤回更正。</translation></message>
    <message><source>Pause first (Space), then press 1 to 7 to say what the face shows.</source><translation>请先暂停（空格键），再按 1 到 7 指出这张脸的表情。</translation></message>
    <message><source>No face is selected; click the one you mean.</source><translation>没有选中人脸；请点击你要标注的那张脸。</translation></message>
    <message><source>Press 1 to 7, or the right mouse button, to say what this face shows.</source><translation>按 1 到 7 或点击鼠标右键，指出这张脸的表情。</translation></message>
    <message><source>Corrected to {expression}. The face is kept on this computer.</source><translation>已更正为“{expression}”。这张脸保存在这台电脑上。</translation></message>
    <message><source>Undo</source><translation>撤销</translation></message>
</context>
<context>
    <name>CorrectionsDialog</name>
    <message><source>My corrections</source><translation>我的更正</translation></message>
    <message><source>Show the faces of one expression</source><translation>只显示一种表情的人脸</translation></message>
    <message><source>Corrected faces</source><translation>更正过的人脸</translation></message>
    <message><source>&amp;Undo delete</source><translation>撤销删除(&amp;U)</translation></message>
    <message><source>Change &amp;label</source><translation>更改标签(&amp;L)</translation></message>
    <message><source>Give the chosen faces another label (1 to 7)</source><translation>给所选人脸换一个标签（1 到 7）</translation></message>
    <message><source>&amp;Delete</source><translation>删除(&amp;D)</translation></message>
    <message><source>Remove the chosen faces, pictures included (Del)</source><translation>删除所选人脸，连同图片（Del）</translation></message>
    <message><source>&amp;Export…</source><translation>导出(&amp;E)…</translation></message>
    <message><source>Write the faces and labels as a CSV in the FER2013 form</source><translation>把人脸和标签写成 FER2013 格式的 CSV</translation></message>
    <message><source>Open in Dataset &amp;tab</source><translation>在数据集页打开(&amp;T)</translation></message>
    <message><source>&amp;Improve model…</source><translation>改进模型(&amp;I)…</translation></message>
    <message><source>Close</source><translation>关闭</translation></message>
    <message><source>{label}, the model said {before}; {source} at {time}, {date}</source><translation>{label}，模型说是{before}；{source}，{time}，{date}</translation></message>
    <message><source>All</source><translation>全部</translation></message>
    <message><source>Damaged lines of the file that are left out but stay in it: {count}</source><translation>文件中损坏而未读取、但仍保留的行数：{count}</translation></message>
    <message><source>No corrections yet. Pause a video in the Player, click a face and press 1 to 7 to say what it shows.</source><translation>还没有更正。在播放器里暂停视频，点击一张脸，再按 1 到 7 指出它的表情。</translation></message>
    <message><source>{count} faces from {videos} videos or photos; for {same} of them the model was right. They stay on this computer.</source><translation>共 {count} 张脸，来自 {videos} 个视频或照片；其中 {same} 张模型原本就对。它们只保存在这台电脑上。</translation></message>
    <message><source>{count} faces chosen</source><translation>已选 {count} 张脸</translation></message>
    <message><source>Choose faces to relabel or delete them.</source><translation>选择人脸后可以更改标签或删除。</translation></message>
</context>
<context>
    <name>ImproveDialog</name>
    <message><source>Improve model</source><translation>改进模型</translation></message>
    <message><source>The last layer of the model is fitted to your corrections. Each correction is judged by a layer that was fitted without its video, and features of the training data are replayed against forgetting. The model in use stays as it is.</source><translation>用你的更正重新拟合模型的最后一层。每个更正都由没有见过其视频的一层来评判，并重放训练数据的特征以防遗忘。正在使用的模型保持不变。</translation></message>
    <message><source>&amp;Replay against forgetting</source><translation>为防遗忘而重放(&amp;R)</translation></message>
    <message><source>Improving the model</source><translation>正在改进模型</translation></message>
    <message><source>Accuracy before and after</source><translation>改进前后的准确率</translation></message>
    <message><source>&amp;Use in Player</source><translation>在播放器中使用(&amp;U)</translation></message>
    <message><source>Use it and &amp;play the same clip again</source><translation>使用它并重新播放同一片段(&amp;P)</translation></message>
    <message><source>&amp;Improve</source><translation>改进(&amp;I)</translation></message>
    <message><source>Improve {model} with {count} corrections</source><translation>用 {count} 个更正改进 {model}</translation></message>
    <message><source>With stored features it takes seconds, with a data set of FER2013's size half a minute to two minutes.</source><translation>用随附的特征只需几秒；用 FER2013 大小的数据集需要半分钟到两分钟。</translation></message>
    <message><source>Cancelled; nothing was written.</source><translation>已取消；没有写入任何内容。</translation></message>
    <message><source>Held-out corrections</source><translation>留出的更正</translation></message>
    <message><source>Base split ({data})</source><translation>基础验证集（{data}）</translation></message>
    <message><source>Accuracy on</source><translation>准确率</translation></message>
    <message><source>Faces</source><translation>人脸数</translation></message>
    <message><source>Before</source><translation>之前</translation></message>
    <message><source>After</source><translation>之后</translation></message>
    <message><source>Difference in points</source><translation>差值（百分点）</translation></message>
    <message><source>Better on faces that were held out, and the base split holds.</source><translation>在留出的人脸上更好，基础验证集没有退步。</translation></message>
    <message><source>Better on the faces that were held out, but so few cannot show it: judge the new model by eye.</source><translation>在留出的人脸上更好，但数量太少，不足以证明：请用眼睛判断新模型。</translation></message>
    <message><source>Not better on faces that were held out: kept the old one.</source><translation>在留出的人脸上没有更好：保留旧模型。</translation></message>
    <message><source>Whatever is tried, more than 1 point of the base split would be lost: kept the old one.</source><translation>无论怎样尝试，基础验证集都会损失超过 1 个百分点：保留旧模型。</translation></message>
    <message><source>Saved as {name}; the model in use was not replaced.</source><translation>已保存为 {name}；正在使用的模型没有被替换。</translation></message>
    <message><source>held out by video ({count})</source><translation>按视频留出（{count} 个）</translation></message>
    <message><source>held out by person within one video ({count})</source><translation>按同一视频中的人物留出（{count} 人）</translation></message>
    <message><source>In brackets: 95 % intervals. Corrections were {parted}. People mostly correct what is wrong, so “before” is low by choice of faces: confirm right answers too.</source><translation>括号内为 95 % 区间。更正{parted}。人们多半只更正错误，因此“之前”偏低是选择造成的：也请确认正确的结果。</translation></message>
    <message><source>Cancel</source><translation>取消</translation></message>
</context>
<context>
    <name>CorrectionWindows</name>
    <message><source>My corrections…</source><translation>我的更正…</translation></message>
    <message><source>The faces that you corrected with the keys 1 to 7</source><translation>你用按键 1 到 7 更正过的人脸</translation></message>
    <message><source>Export the corrections</source><translation>导出更正</translation></message>
    <message><source>FER2013 files (*.csv)</source><translation>FER2013 文件 (*.csv)</translation></message>
    <message><source>Written to {path}.</source><translation>已写入 {path}。</translation></message>
    <message><source>the model that comes with Mien</source><translation>Mien 自带的模型</translation></message>
    <message><source>Stored features of FER2013 (come with Mien)</source><translation>FER2013 的特征（Mien 自带）</translation></message>
</context>
</TS>
