<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PlayerTab</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More to do with what is open</source>
        <translation>对当前内容的更多操作</translation>
    </message>
</context>
<context>
    <name>ExportResultsDialog</name>
    <message>
        <source>Export results</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>&amp;Analyse whole video</source>
        <translation>分析整个视频(&amp;A)</translation>
    </message>
    <message>
        <source>With &amp;boxes and labels</source>
        <translation>包含方框和标签(&amp;B)</translation>
    </message>
    <message>
        <source>Make faces &amp;unrecognisable</source>
        <translation>使人脸无法辨认(&amp;U)</translation>
    </message>
    <message>
        <source>Look at the copy before you share it: a face that was never found is not hidden, and voices stay.</source>
        <translation>分享前请先查看副本：从未检测到的人脸不会被遮盖，声音也会保留。</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Writing the results</source>
        <translation>正在写入结果</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>表格 (CSV)</translation>
    </message>
    <message>
        <source>Table (Parquet)</source>
        <translation>表格 (Parquet)</translation>
    </message>
    <message>
        <source>Subtitles (WebVTT)</source>
        <translation>字幕 (WebVTT)</translation>
    </message>
    <message>
        <source>Subtitles (SRT)</source>
        <translation>字幕 (SRT)</translation>
    </message>
    <message>
        <source>ELAN annotation (.eaf)</source>
        <translation>ELAN 标注 (.eaf)</translation>
    </message>
    <message>
        <source>Praat TextGrid</source>
        <translation>Praat TextGrid</translation>
    </message>
    <message>
        <source>BORIS events (TSV)</source>
        <translation>BORIS 事件 (TSV)</translation>
    </message>
    <message>
        <source>Report page (HTML)</source>
        <translation>报告页面 (HTML)</translation>
    </message>
    <message>
        <source>A photo has no length that could be written.</source>
        <translation>照片没有可写入的时长。</translation>
    </message>
    <message>
        <source>Needs the package pyarrow; CSV has the same columns.</source>
        <translation>需要 pyarrow 软件包；CSV 包含相同的列。</translation>
    </message>
    <message>
        <source>Copy of the photo (JPEG)</source>
        <translation>照片副本 (JPEG)</translation>
    </message>
    <message>
        <source>Copy of the video (MP4), with its sound</source>
        <translation>视频副本 (MP4)，保留声音</translation>
    </message>
    <message>
        <source>The pictures of a camera are not kept.</source>
        <translation>摄像头的画面不会保留。</translation>
    </message>
    <message>
        <source>Nothing of {title} was analysed yet. Play it, or better analyse the whole video first.</source>
        <translation>{title} 尚未分析。请播放它，或者最好先分析整个视频。</translation>
    </message>
    <message>
        <source>Nothing of {title} was analysed yet: there is no model, or no frame was looked at.</source>
        <translation>{title} 尚未分析：没有模型，或没有查看任何一帧。</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 人</translation>
    </message>
    <message>
        <source>{number} people</source>
        <translation>{number} 人</translation>
    </message>
    <message>
        <source>{title}: {frames} frames analysed, {people}.</source>
        <translation>{title}：已分析 {frames} 帧，{people}。</translation>
    </message>
    <message>
        <source>{share} % of {title} was analysed: {frames} frames, {people}. Only that is written; in a copy with hidden faces the rest is hidden as a whole.</source>
        <translation>{title} 已分析 {share} %：{frames} 帧，{people}。只写入这一部分；在遮盖人脸的副本中，其余部分会整体遮盖。</translation>
    </message>
    <message>
        <source>Choose at least one kind of file.</source>
        <translation>请至少选择一种文件。</translation>
    </message>
    <message>
        <source>The copy would be like the original: choose labels or hidden faces.</source>
        <translation>副本将与原件相同：请选择标签或遮盖人脸。</translation>
    </message>
    <message>
        <source>Say where to write.</source>
        <translation>请指定写入位置。</translation>
    </message>
    <message>
        <source>That is a file; choose a folder.</source>
        <translation>这是一个文件；请选择文件夹。</translation>
    </message>
    <message>
        <source>Results of this name are there and will be replaced.</source>
        <translation>已有同名结果，将被替换。</translation>
    </message>
    <message>
        <source>{number} files were written: {names}.</source>
        <translation>已写入 {number} 个文件：{names}。</translation>
    </message>
    <message>
        <source>Look at the copy before you share it: a face that was not found is not hidden.</source>
        <translation>分享前请先查看副本：未检测到的人脸不会被遮盖。</translation>
    </message>
</context>
<context>
    <name>ResultsExporter</name>
    <message>
        <source>Export results…</source>
        <translation>导出结果…</translation>
    </message>
</context>
<context>
    <name>FolderWalk</name>
    <message>
        <source>Open a folder of photos…</source>
        <translation>打开照片文件夹…</translation>
    </message>
    <message>
        <source>Next file in the folder</source>
        <translation>文件夹中的下一个文件</translation>
    </message>
    <message>
        <source>Previous file in the folder</source>
        <translation>文件夹中的上一个文件</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>打开照片文件夹</translation>
    </message>
    <message>
        <source>There is neither a photo nor a video in {folder}.</source>
        <translation>{folder} 中既没有照片也没有视频。</translation>
    </message>
    <message>
        <source>This is the last file of the folder.</source>
        <translation>这是文件夹中的最后一个文件。</translation>
    </message>
    <message>
        <source>This is the first file of the folder.</source>
        <translation>这是文件夹中的第一个文件。</translation>
    </message>
</context>
<context>
    <name>PlayerKeys</name>
    <message>
        <source>Open the next file of the folder</source>
        <translation>打开文件夹中的下一个文件</translation>
    </message>
    <message>
        <source>Open the previous file of the folder</source>
        <translation>打开文件夹中的上一个文件</translation>
    </message>
</context>
</TS>
