<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PlayerTab</name>
    <message>
        <source>Find</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>What counts as a face</source>
        <translation>什么算作人脸</translation>
    </message>
</context>
<context>
    <name>FindingPanel</name>
    <message>
        <source>&amp;Confidence of the detector</source>
        <translation>检测器置信度(&amp;C)</translation>
    </message>
    <message>
        <source>Confidence of the detector</source>
        <translation>检测器置信度</translation>
    </message>
    <message>
        <source>Places of which the detector is less sure do not count as faces</source>
        <translation>检测器把握低于此值的位置不算作人脸</translation>
    </message>
    <message>
        <source>S&amp;mallest face</source>
        <translation>最小人脸(&amp;M)</translation>
    </message>
    <message>
        <source>Smallest face</source>
        <translation>最小人脸</translation>
    </message>
    <message>
        <source>Faces whose longer side has fewer pixels of the video are left out</source>
        <translation>长边在视频中少于此像素数的人脸将被忽略</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Set both sliders as they were at first</source>
        <translation>将两个滑块恢复到最初的位置</translation>
    </message>
    <message>
        <source>Forget them and look again…</source>
        <translation>清除并重新检测…</translation>
    </message>
    <message>
        <source>Names, merges and corrections of this video go; marks stay</source>
        <translation>此视频的命名、合并和更正会被清除；标记保留</translation>
    </message>
    <message>
        <source>Frames that were looked at keep their faces, because you named, merged, left out or corrected some. The sliders count for what is looked at from now on.</source>
        <translation>已分析的帧保留其人脸，因为您命名、合并、排除或更正过其中一些。滑块只对之后分析的帧生效。</translation>
    </message>
    <message>
        <source>A lower confidence finds turned and covered faces, and more that are none. Small faces cost time and are rarely recognised.</source>
        <translation>置信度越低，越能找到侧转或被遮挡的人脸，但误检也越多。小人脸耗时且很少能识别准确。</translation>
    </message>
</context>
<context>
    <name>FindingController</name>
    <message>
        <source>Look again</source>
        <translation>重新检测</translation>
    </message>
    <message>
        <source>Forget what was found in this video, and look at it again?</source>
        <translation>清除此视频的检测结果并重新分析吗？</translation>
    </message>
    <message>
        <source>Names, merges, people left out and corrected labels of this video go; marks and excluded stretches stay. My corrections keeps its faces.</source>
        <translation>此视频的命名、合并、排除的人物和更正的标签会被清除；标记和排除的片段保留。“我的更正”中的人脸不受影响。</translation>
    </message>
    <message>
        <source>Forget and look again</source>
        <translation>清除并重新检测</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
</TS>
