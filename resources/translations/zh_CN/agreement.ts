<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ClassAgreementModel</name>
    <message>
        <source>Expression</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Coder, s</source>
        <translation>编码者，秒</translation>
    </message>
    <message>
        <source>Model, s</source>
        <translation>模型，秒</translation>
    </message>
    <message>
        <source>Both, s</source>
        <translation>两者，秒</translation>
    </message>
</context>
<context>
    <name>ConfusionSecondsModel</name>
    <message>
        <source>Coder \ model</source>
        <translation>编码者 \ 模型</translation>
    </message>
</context>
<context>
    <name>DisagreementModel</name>
    <message>
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Coder</source>
        <translation>编码者</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>AgreementStrip</name>
    <message>
        <source>Coder and model over time</source>
        <translation>编码者与模型随时间的标签</translation>
    </message>
    <message>
        <source>Coder</source>
        <translation>编码者</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>AgreementDialog</name>
    <message>
        <source>Compare with a coding</source>
        <translation>与人工编码比较</translation>
    </message>
    <message>
        <source>Open a &amp;coding…</source>
        <translation>打开编码(&amp;C)…</translation>
    </message>
    <message>
        <source>ELAN (.eaf), BORIS (events as CSV or TSV), or CSV with start, end and label</source>
        <translation>ELAN (.eaf)、BORIS(事件导出为 CSV 或 TSV),或含开始、结束和标签的 CSV</translation>
    </message>
    <message>
        <source>Coded as</source>
        <translation>编码层</translation>
    </message>
    <message>
        <source>Tier, subject or coder</source>
        <translation>层、对象或编码者</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Person in the video</source>
        <translation>视频中的人物</translation>
    </message>
    <message>
        <source>Reaction time</source>
        <translation>反应时间</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>How long the coder took to press the key: the coding is moved so much earlier</source>
        <translation>编码者按键所需的时间：编码将相应提前</translation>
    </message>
    <message>
        <source>Reaction time of the coder</source>
        <translation>编码者的反应时间</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>查找(&amp;F)</translation>
    </message>
    <message>
        <source>The reaction time with the highest kappa, up to 3 seconds; kappa is then a little too kind</source>
        <translation>kappa 最高的反应时间，最多 3 秒；这样得到的 kappa 会略微偏高</translation>
    </message>
    <message>
        <source>Find the reaction time</source>
        <translation>查找反应时间</translation>
    </message>
    <message>
        <source>What the coder left without a label counts as &amp;neutral</source>
        <translation>编码者未标注的部分视为中性(&amp;N)</translation>
    </message>
    <message>
        <source>By expression</source>
        <translation>按表情</translation>
    </message>
    <message>
        <source>Agreement by expression</source>
        <translation>各表情的一致性</translation>
    </message>
    <message>
        <source>Confusion in seconds</source>
        <translation>混淆(秒)</translation>
    </message>
    <message>
        <source>Seconds by the coder's and the model's expression</source>
        <translation>按编码者与模型的表情统计的秒数</translation>
    </message>
    <message>
        <source>Stretches in which coder and model differ</source>
        <translation>编码者与模型不一致的片段</translation>
    </message>
    <message>
        <source>&amp;Save as JSON…</source>
        <translation>另存为 JSON(&amp;S)…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>(without a name)</source>
        <translation>(未命名)</translation>
    </message>
    <message>
        <source>Nothing opened yet: ELAN, BORIS or CSV</source>
        <translation>尚未打开:ELAN、BORIS 或 CSV</translation>
    </message>
    <message>
        <source>Cohen's kappa {kappa}, same label in {share} of {frames} frames ({seconds} s)</source>
        <translation>Cohen's kappa {kappa}，{frames} 帧中有 {share} 标签相同({seconds} 秒)</translation>
    </message>
    <message>
        <source>Not compared: {unsure} s where the model is unsure, {uncoded} s without a code.</source>
        <translation>未比较：模型不确定的 {unsure} 秒，未编码的 {uncoded} 秒。</translation>
    </message>
    <message>
        <source>{number} stretches differ; choose one to see it.</source>
        <translation>{number} 个片段不一致；选择一个即可查看。</translation>
    </message>
    <message>
        <source>Coder and model never differ.</source>
        <translation>编码者与模型完全一致。</translation>
    </message>
</context>
<context>
    <name>AgreementController</name>
    <message>
        <source>Open a coding</source>
        <translation>打开编码</translation>
    </message>
    <message>
        <source>Codings (ELAN, BORIS, CSV)</source>
        <translation>编码 (ELAN, BORIS, CSV)</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Nothing is known about this video yet: play it, or press “Analyse whole video”, then open this window again.</source>
        <translation>还没有这个视频的结果：请播放它，或点击“分析整个视频”，然后再次打开此窗口。</translation>
    </message>
    <message>
        <source>Only {share} of the video was analysed so far.</source>
        <translation>目前仅分析了视频的 {share}。</translation>
    </message>
    <message>
        <source>Save the agreement</source>
        <translation>保存一致性结果</translation>
    </message>
    <message>
        <source>Compare with a coding…</source>
        <translation>与人工编码比较…</translation>
    </message>
</context>
<context>
    <name>PlayerController</name>
    <message>
        <source>Many files…</source>
        <translation>批量处理…</translation>
    </message>
    <message>
        <source>Compare with a coding…</source>
        <translation>与人工编码比较…</translation>
    </message>
</context>
</TS>
