<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PlayerTimelinePanel</name>
    <message>
        <source>Person whose curves are shown</source>
        <translation>显示其曲线的人物</translation>
    </message>
    <message>
        <source>Person whose curves are shown; click a strip or a face to choose</source>
        <translation>显示其曲线的人物；点击色带或人脸来选择</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>面积图</translation>
    </message>
    <message>
        <source>Show stacked areas instead of curves</source>
        <translation>用堆叠面积图代替曲线</translation>
    </message>
    <message>
        <source>To the previous change of expression (Ctrl+Left)</source>
        <translation>上一次表情变化（Ctrl+←）</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>上一次变化</translation>
    </message>
    <message>
        <source>To the next change of expression (Ctrl+Right)</source>
        <translation>下一次表情变化（Ctrl+→）</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>下一次变化</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Mark this moment (E); double-click a mark to name it</source>
        <translation>标记此刻（E）；双击标记可命名</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Leave a stretch out: here it begins, the second press ends it (X); or drag with Shift</source>
        <translation>排除一段：第一次按下为起点，第二次为终点（X）；也可按住 Shift 拖动</translation>
    </message>
    <message>
        <source>Share of the video that was analysed</source>
        <translation>视频已分析的比例</translation>
    </message>
    <message>
        <source>Analyse whole video</source>
        <translation>分析整个视频</translation>
    </message>
    <message>
        <source>Analyse A to B</source>
        <translation>分析 A 到 B</translation>
    </message>
    <message>
        <source>Look at every frame from A to B in the background; without A and B, at the whole video</source>
        <translation>在后台分析 A 到 B 的每一帧；清除 A 和 B 后分析整个视频</translation>
    </message>
    <message>
        <source>Analyse what is shown</source>
        <translation>分析显示的这一段</translation>
    </message>
    <message>
        <source>Look at every frame in the background; it waits while the video plays</source>
        <translation>在后台分析每一帧；播放时暂停等待</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show more time (Ctrl+-)</source>
        <translation>显示更长时间（Ctrl+-）</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show less time (Ctrl++); the wheel zooms around the mouse, Shift and the wheel move</source>
        <translation>显示更短时间（Ctrl++）；滚轮以鼠标为中心缩放，Shift 加滚轮平移</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Show the whole video (Ctrl+0)</source>
        <translation>显示整个视频（Ctrl+0）</translation>
    </message>
    <message>
        <source>Nothing was found yet.</source>
        <translation>尚无结果。</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不在画面中</translation>
    </message>
    <message>
        <source>Name the mark</source>
        <translation>命名标记</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Mark {time}</source>
        <translation>标记 {time}</translation>
    </message>
    <message>
        <source>Name the mark…</source>
        <translation>命名标记…</translation>
    </message>
    <message>
        <source>Remove the mark</source>
        <translation>删除标记</translation>
    </message>
    <message>
        <source>Take the excluded stretch back in</source>
        <translation>恢复被排除的一段</translation>
    </message>
    <message>
        <source>Show the whole video</source>
        <translation>显示整个视频</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Time line of expressions</source>
        <translation>表情时间线</translation>
    </message>
</context>
<context>
    <name>WholeVideoAnalysis</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>The analysis waits while it plays</source>
        <translation>播放时分析暂停等待</translation>
    </message>
    <message>
        <source>{share:.0f} % · {fps:.0f} frames/s</source>
        <translation>{share:.0f} % · {fps:.0f} 帧/秒</translation>
    </message>
</context>
<context>
    <name>PlayerKeys</name>
    <message>
        <source>To the previous change of expression</source>
        <translation>上一次表情变化</translation>
    </message>
    <message>
        <source>To the next change of expression</source>
        <translation>下一次表情变化</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>标记此刻</translation>
    </message>
    <message>
        <source>Begin or end an excluded stretch</source>
        <translation>开始或结束排除的一段</translation>
    </message>
    <message>
        <source>Time line: show less time</source>
        <translation>时间线：显示更短时间</translation>
    </message>
    <message>
        <source>Time line: show more time</source>
        <translation>时间线：显示更长时间</translation>
    </message>
    <message>
        <source>Time line: show the whole video</source>
        <translation>时间线：显示整个视频</translation>
    </message>
</context>
</TS>
