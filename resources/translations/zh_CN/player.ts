<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PlayerController</name>
    <message>
        <source>The model used before stays.</source>
        <translation>之前使用的模型保持不变。</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>摄像头 {number}</translation>
    </message>
</context>
<context>
    <name>PlayerFiles</name>
    <message>
        <source>Open a video or photo</source>
        <translation>打开视频或照片</translation>
    </message>
    <message>
        <source>Save this picture</source>
        <translation>保存当前画面</translation>
    </message>
    <message>
        <source>Videos and photos</source>
        <translation>视频和照片</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>已保存为 {path}。</translation>
    </message>
</context>
<context>
    <name>PlayerStatus</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>too slow: this frame is not analysed</source>
        <translation>速度不够：这一帧未分析</translation>
    </message>
    <message>
        <source>finding faces on {every} frame</source>
        <translation>{every} 帧检测一次人脸</translation>
    </message>
    <message>
        <source>each expression on {every} frame</source>
        <translation>{every} 帧更新一次表情</translation>
    </message>
    <message>
        <source>every 2nd</source>
        <translation>每 2</translation>
    </message>
    <message>
        <source>every 3rd</source>
        <translation>每 3</translation>
    </message>
    <message>
        <source>1 face</source>
        <translation>1 张人脸</translation>
    </message>
    <message>
        <source>no model: faces are not analysed</source>
        <translation>没有模型：不分析人脸</translation>
    </message>
    <message>
        <source>every {n}th</source>
        <translation>每 {n}</translation>
    </message>
    <message>
        <source>{fps:.2f} fps source</source>
        <translation>源 {fps:.2f} 帧/秒</translation>
    </message>
    <message>
        <source>{count} late</source>
        <translation>迟到 {count} 帧</translation>
    </message>
    <message>
        <source>{count} faces</source>
        <translation>{count} 张人脸</translation>
    </message>
    <message>
        <source>{fps:.1f} shown</source>
        <translation>显示 {fps:.1f} 帧/秒</translation>
    </message>
    <message>
        <source>{ms:.1f} ms a frame</source>
        <translation>每帧 {ms:.1f} 毫秒</translation>
    </message>
</context>
<context>
    <name>PlayerTab</name>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Sample clip</source>
        <translation>示例片段</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>播放器</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>重试(&amp;A)</translation>
    </message>
    <message>
        <source>Open an&amp;other file…</source>
        <translation>打开其他文件(&amp;T)…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>Watch expressions in a video</source>
        <translation>观看视频中的表情</translation>
    </message>
    <message>
        <source>Open a video or a photo, or use a camera. Mien finds the faces, follows each person and writes the expression beside the face. Everything stays on this computer.</source>
        <translation>打开视频、照片或使用摄像头。Mien 会找出人脸、跟踪每个人，并在人脸旁写出表情。所有内容都留在这台电脑上。</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a video or a photo (Ctrl+O)</source>
        <translation>打开视频或照片 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Open &amp;sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>Play the short clip that comes with Mien</source>
        <translation>播放随 Mien 附带的短片</translation>
    </message>
    <message>
        <source>&amp;Camera…</source>
        <translation>摄像头(&amp;C)…</translation>
    </message>
    <message>
        <source>Choose a camera by its name</source>
        <translation>按名称选择摄像头</translation>
    </message>
    <message>
        <source>You can also drop a file anywhere on this page.</source>
        <translation>也可以把文件拖放到本页的任意位置。</translation>
    </message>
    <message>
        <source>Open a video or a photo (Ctrl+O); the arrow lists the files opened last</source>
        <translation>打开视频或照片 (Ctrl+O)；箭头列出最近打开的文件</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>To the start (Home)</source>
        <translation>回到开头 (Home)</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>回到开头</translation>
    </message>
    <message>
        <source>One frame back ( , or Left while paused; Shift: ten)</source>
        <translation>后退一帧（, 键，或暂停时按左方向键；加 Shift 为十帧）</translation>
    </message>
    <message>
        <source>Frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>Play or pause (Space or K)</source>
        <translation>播放或暂停（空格或 K）</translation>
    </message>
    <message>
        <source>One frame forward ( . or Right while paused; Shift: ten)</source>
        <translation>前进一帧（. 键，或暂停时按右方向键；加 Shift 为十帧）</translation>
    </message>
    <message>
        <source>Frame forward</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>To the end (End)</source>
        <translation>跳到结尾 (End)</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>跳到结尾</translation>
    </message>
    <message>
        <source>Stop and go back to the start; releases a camera</source>
        <translation>停止并回到开头；释放摄像头</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Speed: [ slower, ] faster, Backspace normal</source>
        <translation>速度：[ 减慢，] 加快，Backspace 恢复正常</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Draw boxes and labels over the picture (B)</source>
        <translation>在画面上显示方框和标签 (B)</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Save this picture as PNG (S)</source>
        <translation>把当前画面保存为 PNG (S)</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>Full screen (F or F11); Esc leaves it</source>
        <translation>全屏（F 或 F11）；Esc 退出</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
</context>
<context>
    <name>PlayerKeys</name>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>Paused: one frame back. Playing: 5 seconds back</source>
        <translation>暂停时：后退一帧；播放时：后退 5 秒</translation>
    </message>
    <message>
        <source>Paused: one frame forward. Playing: 5 seconds forward</source>
        <translation>暂停时：前进一帧；播放时：前进 5 秒</translation>
    </message>
    <message>
        <source>Paused: ten frames back. Playing: 1 second back</source>
        <translation>暂停时：后退十帧；播放时：后退 1 秒</translation>
    </message>
    <message>
        <source>Paused: ten frames forward. Playing: 1 second forward</source>
        <translation>暂停时：前进十帧；播放时：前进 1 秒</translation>
    </message>
    <message>
        <source>One minute forward</source>
        <translation>前进一分钟</translation>
    </message>
    <message>
        <source>One minute back</source>
        <translation>后退一分钟</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>回到开头</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>跳到结尾</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减慢</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加快</translation>
    </message>
    <message>
        <source>Normal speed</source>
        <translation>正常速度</translation>
    </message>
    <message>
        <source>Start again at the end</source>
        <translation>播完后从头开始</translation>
    </message>
    <message>
        <source>Show or hide the boxes</source>
        <translation>显示或隐藏方框</translation>
    </message>
    <message>
        <source>Save this picture as PNG</source>
        <translation>把当前画面保存为 PNG</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>退出全屏</translation>
    </message>
    <message>
        <source>Select the next face</source>
        <translation>选择下一张人脸</translation>
    </message>
</context>
<context>
    <name>CameraDialog</name>
    <message>
        <source>Use a camera</source>
        <translation>使用摄像头</translation>
    </message>
    <message>
        <source>Choose a camera</source>
        <translation>选择摄像头</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>Open a &amp;file instead…</source>
        <translation>改为打开文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Use this camera</source>
        <translation>使用此摄像头(&amp;U)</translation>
    </message>
    <message>
        <source>Before the first picture</source>
        <translation>首次使用前请阅读</translation>
    </message>
    <message>
        <source>The pictures stay on this computer: nothing is stored or sent. Use the camera only with the consent of everybody in the picture. The names are guesses of a network and say nothing about what a person feels. Do not use them to judge pupils, students, applicants or staff; in the European Union the law forbids it.</source>
        <translation>画面只留在这台电脑上，不会存储或发送。请在画面中所有人都同意的情况下使用摄像头。表情名称只是网络的猜测，并不说明一个人的感受。请勿用来评判学生、求职者或员工；在欧盟，法律禁止这样做。</translation>
    </message>
    <message>
        <source>&amp;Everybody in the picture has agreed</source>
        <translation>画面中的所有人都已同意(&amp;E)</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>正在查找摄像头…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No camera was found. Connect one and press Refresh, or open a file instead.</source>
        <translation>没有找到摄像头。请连接摄像头后按“刷新”，或改为打开文件。</translation>
    </message>
</context>
<context>
    <name>Faces</name>
    <message>
        <source>too small</source>
        <translation>太小</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>太暗</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>太亮</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>转向一侧</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>被截断</translation>
    </message>
</context>
<context>
    <name>FacePanel</name>
    <message>
        <source>No expression is likely enough to be named.</source>
        <translation>没有任何表情的可能性足够高。</translation>
    </message>
    <message>
        <source>Bar: smoothed over time. ▲ this frame alone. These are guesses of a network.</source>
        <translation>条形：随时间平滑。▲ 仅此一帧。这些只是网络的猜测。</translation>
    </message>
    <message>
        <source>Click a face in the picture to select it.</source>
        <translation>点击画面中的人脸即可选择。</translation>
    </message>
    <message>
        <source>The face is {reason}: do not rely on it.</source>
        <translation>这张人脸{reason}，结果不可靠。</translation>
    </message>
    <message>
        <source>The selected person is not in this picture.</source>
        <translation>所选的人不在此画面中。</translation>
    </message>
    <message>
        <source>No face in the picture</source>
        <translation>画面中没有人脸</translation>
    </message>
    <message>
        <source>Faces that are very small, dark or turned are not found.</source>
        <translation>太小、太暗或转开的人脸无法找到。</translation>
    </message>
    <message>
        <source>{count} in the picture</source>
        <translation>画面中共 {count} 人</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Probabilities of the selected face</source>
        <translation>所选人脸的各表情概率</translation>
    </message>
    <message>
        <source>No face selected</source>
        <translation>未选择人脸</translation>
    </message>
</context>
<context>
    <name>SeekBar</name>
    <message>
        <source>Position in the video</source>
        <translation>视频中的位置</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Video picture</source>
        <translation>视频画面</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>还没有画面</translation>
    </message>
    <message>
        <source>No face in the picture</source>
        <translation>画面中没有人脸</translation>
    </message>
    <message>
        <source>{count} faces: {faces}</source>
        <translation>{count} 张人脸：{faces}</translation>
    </message>
</context>
</TS>
