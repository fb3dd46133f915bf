<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BatchModel</name>
    <message>
        <source>✓ done before</source>
        <translation>✓ 之前已完成</translation>
    </message>
    <message>
        <source>… waits</source>
        <translation>… 等待</translation>
    </message>
    <message>
        <source>▶ running</source>
        <translation>▶ 进行中</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ 完成</translation>
    </message>
    <message>
        <source>✕ failed</source>
        <translation>✕ 失败</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>{frames} frames, {persons} persons</source>
        <translation>{frames} 帧，{persons} 人</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Many files</source>
        <translation>批量处理</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <translation>添加文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Videos and photos; they can also be dropped here</source>
        <translation>视频和照片；也可以拖放到这里</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <translation>添加文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>All videos and photos in a folder</source>
        <translation>文件夹中的所有视频和照片</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>Let the chosen files wait once more</source>
        <translation>让所选文件重新排队</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Take off the list (Del); results stay</source>
        <translation>从列表移除(Del);结果保留</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>Take off the list what is done; results stay</source>
        <translation>从列表移除已完成的文件；结果保留</translation>
    </message>
    <message>
        <source>Drop videos, photos or a folder here, or press “Add files”.
All are analysed with the same settings, one after the other.</source>
        <translation>将视频、照片或文件夹拖放到这里，或点击“添加文件”。
所有文件按相同设置依次分析。</translation>
    </message>
    <message>
        <source>Files of the queue</source>
        <translation>队列中的文件</translation>
    </message>
    <message>
        <source>Results go to</source>
        <translation>结果保存到</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>Choose the folder of the results</source>
        <translation>选择结果文件夹</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model for all files</source>
        <translation>用于所有文件的模型</translation>
    </message>
    <message>
        <source>O&amp;ther…</source>
        <translation>其他(&amp;T)…</translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation>选择其他模型</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写出</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>同时</translation>
    </message>
    <message>
        <source>Files analysed at once</source>
        <translation>同时分析的文件数</translation>
    </message>
    <message>
        <source>files, each in a process of its own</source>
        <translation>个文件，各自在独立进程中</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Go &amp;on</source>
        <translation>继续(&amp;O)</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>取消(&amp;N)</translation>
    </message>
    <message>
        <source>Stop after this frame; what is not done waits</source>
        <translation>在当前帧后停止；未完成的继续等待</translation>
    </message>
    <message>
        <source>Open in P&amp;layer</source>
        <translation>在播放器中打开(&amp;L)</translation>
    </message>
    <message>
        <source>Show fol&amp;der</source>
        <translation>显示文件夹(&amp;D)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closes this window; the queue goes on</source>
        <translation>关闭此窗口；队列继续运行</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>表格 (CSV)</translation>
    </message>
    <message>
        <source>{done} of {total} done</source>
        <translation>已完成 {done}/{total}</translation>
    </message>
    <message>
        <source>{number} failed</source>
        <translation>{number} 个失败</translation>
    </message>
    <message>
        <source>stopping after this frame</source>
        <translation>将在当前帧后停止</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{number} wait for Start</source>
        <translation>{number} 个等待开始</translation>
    </message>
</context>
<context>
    <name>BatchController</name>
    <message>
        <source>Marked copy (MP4)</source>
        <translation>带标记的副本 (MP4)</translation>
    </message>
    <message>
        <source>Faces hidden in the copy</source>
        <translation>副本中遮住人脸</translation>
    </message>
    <message>
        <source>Report (HTML)</source>
        <translation>报告 (HTML)</translation>
    </message>
    <message>
        <source>Session for the Player</source>
        <translation>播放器会话</translation>
    </message>
    <message>
        <source>The model that comes with Mien</source>
        <translation>Mien 自带的模型</translation>
    </message>
    <message>
        <source>There are neither videos nor photos in that folder.</source>
        <translation>该文件夹中没有视频或照片。</translation>
    </message>
    <message>
        <source>Add videos and photos</source>
        <translation>添加视频和照片</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>There are no results yet.</source>
        <translation>还没有结果。</translation>
    </message>
    <message>
        <source>Files are being analysed</source>
        <translation>正在分析文件</translation>
    </message>
    <message>
        <source>Files are being analysed. Stop and close?</source>
        <translation>正在分析文件。要停止并关闭吗？</translation>
    </message>
    <message>
        <source>What is done is kept. The rest waits in “Many files” at the next start.</source>
        <translation>已完成的会保留。其余文件会在下次启动时留在“批量处理”中等待。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>继续分析</translation>
    </message>
</context>
</TS>
