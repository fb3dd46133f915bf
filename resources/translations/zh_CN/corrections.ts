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
    <message><source>This face has no correction.</source><translation>这张脸没有更正。</translation></message>
    <message><source>The correction was taken back.</source><translation>已撤回更正。</translation></message>
    <message><source>Pause first (Space), then press 1 to 7 to say what the face shows.</source><translation>请先暂停（空格键），再按 1 到 7 指出这张脸的表情。</translation></message>
    <message><source>No face is selected; click the one you mean.</source><translation>没有选中人脸；请点击你要标注的那张脸。</translation></message>
    <message><source>Press 1 to 7, or the right mouse button, to say what this face shows.</source><translation>按 1 到 7 或点击鼠标右键，指出这张脸的表情。</translation></message>
    <message><source>Corrected to {expression}. The face is kept on this computer.</source><translation>已更正为“{expression}”。这张脸保存在这台电脑上。</translation></message>
    <message><source>Undo</source><translation>撤销</translation></message>
</context>
</TS>
