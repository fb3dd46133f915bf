<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>LoopButton</name>
    <message>
        <source>Repeat from here (A)</source>
        <translation>从这里开始重复（A）</translation>
    </message>
    <message>
        <source>Repeat up to here (B)</source>
        <translation>重复到这里（B）</translation>
    </message>
    <message>
        <source>Do not repeat a stretch</source>
        <translation>不重复片段</translation>
    </message>
    <message>
        <source>Start again at the end (R); Ctrl+L sets A, then B, to repeat a stretch</source>
        <translation>播完从头开始（R）；Ctrl+L 依次设 A、B 来重复一段</translation>
    </message>
    <message>
        <source>Repeat from {start}: set the end with Ctrl+L</source>
        <translation>从 {start} 起重复：用 Ctrl+L 设终点</translation>
    </message>
    <message>
        <source>Repeats {start} to {end}; Ctrl+L ends that</source>
        <translation>重复 {start} 到 {end}；按 Ctrl+L 结束</translation>
    </message>
</context>
<context>
    <name>PlayerKeys</name>
    <message>
        <source>Half the speed</source>
        <translation>速度减半</translation>
    </message>
    <message>
        <source>Twice the speed</source>
        <translation>速度加倍</translation>
    </message>
    <message>
        <source>Repeat a stretch: set A, set B, end it</source>
        <translation>重复一段：设 A、设 B、取消</translation>
    </message>
</context>
<context>
    <name>PlayerTools</name>
    <message>
        <source>Save the session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>按键…</translation>
    </message>
</context>
<context>
    <name>PlayerKeys</name>
    <message>
        <source>Ten seconds forward</source>
        <translation>前进十秒</translation>
    </message>
    <message>
        <source>Ten seconds back</source>
        <translation>后退十秒</translation>
    </message>
</context>
</TS>
