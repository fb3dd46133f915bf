<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CameraChooser</name>
    <message>
        <source>The Player shows this camera now.</source>
        <translation>播放器正在显示此摄像头。</translation>
    </message>
</context>
<context>
    <name>CameraDialog</name>
    <message>
        <source>Size of the picture</source>
        <translation>画面尺寸</translation>
    </message>
    <message>
        <source>The camera may choose another size; Mien says so</source>
        <translation>摄像头可能使用其他尺寸,Mien 会说明</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>默认尺寸</translation>
    </message>
</context>
<context>
    <name>CameraPreview</name>
    <message>
        <source>Opening the camera…</source>
        <translation>正在打开摄像头…</translation>
    </message>
    <message>
        <source>The picture comes when everybody in it has agreed.</source>
        <translation>画面中的所有人同意后才会显示。</translation>
    </message>
    <message>
        <source>Picture of the camera</source>
        <translation>摄像头画面</translation>
    </message>
</context>
<context>
    <name>PlaybackWorker</name>
    <message>
        <source>{name} does not offer {wanted}; it gives {given} instead.</source>
        <translation>{name} 不支持 {wanted}，改用 {given}。</translation>
    </message>
</context>
<context>
    <name>LiveRecorder</name>
    <message>
        <source>The recording was saved: {path}</source>
        <translation>录像已保存：{path}</translation>
    </message>
</context>
<context>
    <name>RecordingBadge</name>
    <message>
        <source>● Recording {time} – stop</source>
        <translation>● 正在录制 {time} – 停止</translation>
    </message>
    <message>
        <source>The camera is written to this computer; press to stop</source>
        <translation>摄像头画面正写入本机；点击停止</translation>
    </message>
    <message>
        <source>Stop recording the camera</source>
        <translation>停止录制摄像头</translation>
    </message>
</context>
<context>
    <name>CameraRecorder</name>
    <message>
        <source>Record the camera…</source>
        <translation>录制摄像头…</translation>
    </message>
    <message>
        <source>Record the camera</source>
        <translation>录制摄像头</translation>
    </message>
    <message>
        <source>From now on the pictures are stored.</source>
        <translation>从现在起画面将被保存。</translation>
    </message>
    <message>
        <source>The video and what the network finds in it are written to {folder} on this computer; nothing is sent. Record people only with their consent, tell them what the recording is for, and delete it when they ask. A red sign stays over the picture as long as it is recorded.</source>
        <translation>视频以及网络在其中识别的结果将写入本机的 {folder}；不会发送任何内容。仅在他人同意的情况下录制，告知录制用途，并在对方要求时删除。录制期间画面上会一直显示红色标志。</translation>
    </message>
    <message>
        <source>&amp;Everybody in the picture has agreed to be recorded</source>
        <translation>画面中的所有人都同意被录制(&amp;E)</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop recording the camera</source>
        <translation>停止录制摄像头</translation>
    </message>
</context>
</TS>
