<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>SessionKeeper</name>
    <message>
        <source>The session was saved ({size}): {path}</source>
        <translation>会话已保存（{size}）：{path}</translation>
    </message>
    <message>
        <source>What is shown was saved with the network {name}. “Analyse whole video” looks at the video with the network in use now; the saved results are kept.</source>
        <translation>现在显示的是用网络 {name} 保存的结果。“分析整个视频”会用当前网络重新分析；已保存的结果会保留。</translation>
    </message>
</context>
<context>
    <name>PlayerTools</name>
    <message>
        <source>Every frame of this stretch was looked at with this network already.</source>
        <translation>这一段的所有帧都已用这个网络分析过。</translation>
    </message>
    <message>
        <source>Every frame was looked at with this network already.</source>
        <translation>所有帧都已用这个网络分析过。</translation>
    </message>
</context>
<context>
    <name>PlayerKeys</name>
    <message>
        <source>Save the session: results, names and marks</source>
        <translation>保存会话：结果、名称和标记</translation>
    </message>
</context>
</TS>
