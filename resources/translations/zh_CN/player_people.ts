<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PlayerTab</name>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>The selected face</source>
        <translation>所选的人脸</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Who is in the video: names, merging, leaving out</source>
        <translation>视频里有谁：命名、合并、排除</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>平稳</translation>
    </message>
    <message>
        <source>How calm the labels are</source>
        <translation>标签有多平稳</translation>
    </message>
</context>
<context>
    <name>PlayerKeys</name>
    <message>
        <source>Take back the last correction, or change of people, marks or stretches</source>
        <translation>撤销上一次更正，或对人物、标记、片段的更改</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>重做撤销的更改</translation>
    </message>
</context>
<context>
    <name>FacePanel</name>
    <message>
        <source>{person} · {count} in the picture</source>
        <translation>{person} · 画面中共 {count} 人</translation>
    </message>
    <message>
        <source>Person {id}</source>
        <translation>第 {id} 人</translation>
    </message>
</context>
<context>
    <name>PeopleController</name>
    <message>
        <source>{one} and {other} are seen beside each other in {count} frames; they cannot be one person.</source>
        <translation>{one} 和 {other} 在 {count} 帧中同时出现在不同位置，不可能是同一个人。</translation>
    </message>
</context>
<context>
    <name>PeopleModel</name>
    <message>
        <source>{name}: seen for {time} ({share:.0f} % of what was analysed), mostly {label}</source>
        <translation>{name}：出现 {time}（占已分析部分的 {share:.0f} %），多为{label}</translation>
    </message>
    <message>
        <source>put together of {count} pieces</source>
        <translation>由 {count} 段合并而成</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
</context>
<context>
    <name>PeoplePanel</name>
    <message>
        <source>Nobody was found yet. People are listed while the video plays, or after “Analyse whole video”.</source>
        <translation>还没有找到人。播放视频时，或“分析整个视频”之后，会在这里列出人物。</translation>
    </message>
    <message>
        <source>People in the video</source>
        <translation>视频中的人物</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Give the person a name (F2, or double-click)</source>
        <translation>给人物命名（F2 或双击）</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Say that two are the same person: select both with Ctrl, or choose the other one here</source>
        <translation>说明两个是同一个人：按住 Ctrl 同时选中，或在这里选择另一个</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Leave the person out of curves, summaries and exports (Delete); it can be undone</source>
        <translation>把此人从曲线、汇总和导出中排除（Delete）；可以撤销</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the last change back (Ctrl+Z)</source>
        <translation>撤销上一次更改（Ctrl+Z）</translation>
    </message>
    <message>
        <source>One person: {names}</source>
        <translation>合为一人：{names}</translation>
    </message>
    <message>
        <source>Same person as {name}</source>
        <translation>与 {name} 是同一人</translation>
    </message>
    <message>
        <source>Go to where the person is seen first (Return)</source>
        <translation>跳到此人首次出现处（回车）</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>FlickerMeter</name>
    <message>
        <source>Changes of the label a minute</source>
        <translation>每分钟标签变化次数</translation>
    </message>
    <message>
        <source>Nothing was measured yet.</source>
        <translation>还没有测量。</translation>
    </message>
    <message>
        <source>Network alone</source>
        <translation>网络原始输出</translation>
    </message>
    <message>
        <source>{count} a minute</source>
        <translation>每分钟 {count} 次</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>显示的</translation>
    </message>
</context>
<context>
    <name>SteadinessPanel</name>
    <message>
        <source>&amp;Smoothing</source>
        <translation>平滑(&amp;S)</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Probabilities are averaged over about this time; 0 shows what the network says of each frame alone</source>
        <translation>概率在大约这段时间内取平均；0 表示显示网络对每一帧的原始结果</translation>
    </message>
    <message>
        <source>&amp;Margin to change</source>
        <translation>变化门槛(&amp;M)</translation>
    </message>
    <message>
        <source>Margin to change</source>
        <translation>变化门槛</translation>
    </message>
    <message>
        <source>Another expression must lead by so much before the label changes to it</source>
        <translation>另一种表情要领先这么多，标签才会改变</translation>
    </message>
    <message>
        <source>Changes of the label</source>
        <translation>标签变化</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Set both sliders as they were at first</source>
        <translation>把两个滑块恢复到最初的位置</translation>
    </message>
    <message>
        <source>What the network said of every frame is always kept; only labels and curves change.</source>
        <translation>网络对每一帧的输出始终保留；只有标签和曲线会改变。</translation>
    </message>
    <message>
        <source>No change was delayed.</source>
        <translation>没有变化被延迟。</translation>
    </message>
    <message>
        <source>Changes are shown {ms:.0f} ms later.</source>
        <translation>变化晚 {ms:.0f} ms 显示。</translation>
    </message>
    <message>
        <source>Measured while the video plays or is analysed.</source>
        <translation>播放或分析视频时测量。</translation>
    </message>
    <message>
        <source>{ms:.0f} ms</source>
        <translation>{ms:.0f} 毫秒</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
</context>
</TS>
