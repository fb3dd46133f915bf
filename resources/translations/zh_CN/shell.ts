<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>Application</name>
  <message>
   <source>A training is running</source>
   <translation>正在训练</translation>
  </message>
  <message>
   <source>A training is running. What should happen with it?</source>
   <translation>训练正在进行，要如何处理？</translation>
  </message>
  <message>
   <source>The best epoch so far is kept, and the run can be resumed later.</source>
   <translation>目前最好的一轮会保留，之后可以继续训练。</translation>
  </message>
  <message>
   <source>Stop, keep the best, close</source>
   <translation>停止、保留最好结果并关闭</translation>
  </message>
  <message>
   <source>Keep training, minimise</source>
   <translation>继续训练并最小化</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>The Player uses {name} now.</source>
   <translation>播放器现在使用 {name}。</translation>
  </message>
  <message>
   <source>{language} is used after the next start, because {work}; choose it again once that is over to have it at once.</source>
   <translation>{work}，下次启动后使用{language}；也可在结束后再次选择，立即生效。</translation>
  </message>
 </context>
 <context>
  <name>Running</name>
  <message>
   <source>Stop and close</source>
   <translation>停止并关闭</translation>
  </message>
  <message>
   <source>Keep going</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>Close Mien</source>
   <translation>关闭 Mien</translation>
  </message>
  <message>
   <source>Close although {work}?</source>
   <translation>{work}，仍要关闭吗？</translation>
  </message>
  <message>
   <source>What is not done is not kept.</source>
   <translation>未完成的部分不会保留。</translation>
  </message>
  <message>
   <source>a training runs</source>
   <translation>训练正在进行</translation>
  </message>
  <message>
   <source>a network is being exported</source>
   <translation>正在导出网络</translation>
  </message>
  <message>
   <source>weights are being fetched</source>
   <translation>正在获取权重</translation>
  </message>
  <message>
   <source>files are being analysed</source>
   <translation>正在分析文件</translation>
  </message>
  <message>
   <source>a video is being analysed</source>
   <translation>正在分析视频</translation>
  </message>
  <message>
   <source>results are being exported</source>
   <translation>正在导出结果</translation>
  </message>
  <message>
   <source>a network is being improved</source>
   <translation>正在改进网络</translation>
  </message>
  <message>
   <source>the camera is being recorded</source>
   <translation>正在录制摄像头</translation>
  </message>
  <message>
   <source>a data set is being read</source>
   <translation>正在读取数据集</translation>
  </message>
  <message>
   <source>a data set is being checked</source>
   <translation>正在检查数据集</translation>
  </message>
  <message>
   <source>a data set is being exported</source>
   <translation>正在导出数据集</translation>
  </message>
  <message>
   <source>networks are being judged</source>
   <translation>正在评测网络</translation>
  </message>
  <message>
   <source>networks are being compared</source>
   <translation>正在比较网络</translation>
  </message>
 </context>
 <context>
  <name>Dialogs</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>键盘快捷键</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>日志</translation>
  </message>
  <message>
   <source>Copy all</source>
   <translation>全部复制</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>位置</translation>
  </message>
  <message>
   <source>Action</source>
   <translation>操作</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>按键</translation>
  </message>
 </context>
 <context>
  <name>ErrorDialog</name>
  <message>
   <source>Mien – something went wrong</source>
   <translation>Mien – 出现错误</translation>
  </message>
  <message>
   <source>You can go on working. The details below help to find the cause; they are also in the log.</source>
   <translation>您可以继续工作。下面的详细信息有助于查找原因，日志中也有记录。</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>详细信息</translation>
  </message>
  <message>
   <source>Copy details</source>
   <translation>复制详细信息</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>已复制</translation>
  </message>
 </context>
 <context>
  <name>Expressions</name>
  <message>
   <source>Anger</source>
   <translation>愤怒</translation>
  </message>
  <message>
   <source>Disgust</source>
   <translation>厌恶</translation>
  </message>
  <message>
   <source>Fear</source>
   <translation>恐惧</translation>
  </message>
  <message>
   <source>Happiness</source>
   <translation>高兴</translation>
  </message>
  <message>
   <source>Sadness</source>
   <translation>悲伤</translation>
  </message>
  <message>
   <source>Surprise</source>
   <translation>惊讶</translation>
  </message>
  <message>
   <source>Neutral</source>
   <translation>中性</translation>
  </message>
  <message>
   <source>Contempt</source>
   <translation>轻蔑</translation>
  </message>
  <message>
   <source>Unsure</source>
   <translation>不确定</translation>
  </message>
 </context>
 <context>
  <name>Formats</name>
    <message>
        <source>Drawn demo data</source>
        <translation>绘制的演示数据</translation>
    </message>
    <message>
        <source>{millions:.1f} M</source>
        <translation>{wan:.0f} 万</translation>
    </message>
    <message>
        <source>{thousands:.0f} k</source>
        <translation>{wan:.1f} 万</translation>
    </message>
  <message>
   <source>{time} left</source>
   <translation>剩余 {time}</translation>
  </message>
  <message>
   <source>{hours} h {minutes} min</source>
   <translation>{hours} 小时 {minutes} 分</translation>
  </message>
  <message>
   <source>{minutes} min {seconds} s</source>
   <translation>{minutes} 分 {seconds} 秒</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} 秒</translation>
  </message>
 </context>
 <context>
  <name>Help</name>
  <message>
   <source>Everywhere</source>
   <translation>全局</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Clear this list</source>
   <translation>清空此列表</translation>
  </message>
  <message>
   <source>Parts of Mien</source>
   <translation>Mien 的各部分</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>文件(&amp;F)</translation>
  </message>
  <message>
   <source>Open &amp;recent</source>
   <translation>最近打开(&amp;R)</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>视图(&amp;V)</translation>
  </message>
  <message>
   <source>&amp;Theme</source>
   <translation>主题(&amp;T)</translation>
  </message>
  <message>
   <source>&amp;Language</source>
   <translation>语言 Language(&amp;L)</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>帮助(&amp;H)</translation>
  </message>
  <message>
   <source>&amp;Open video or photo…</source>
   <translation>打开视频或照片(&amp;O)…</translation>
  </message>
  <message>
   <source>Open &amp;data set…</source>
   <translation>打开数据集(&amp;D)…</translation>
  </message>
  <message>
   <source>Open &amp;sample video</source>
   <translation>打开示例视频(&amp;S)</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>退出(&amp;Q)</translation>
  </message>
  <message>
   <source>Dataset</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>比较</translation>
  </message>
  <message>
   <source>Player</source>
   <translation>播放器</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <source>Same as the system</source>
   <translation>跟随系统</translation>
  </message>
  <message>
   <source>&amp;Keyboard shortcuts</source>
   <translation>键盘快捷键(&amp;K)</translation>
  </message>
  <message>
   <source>Show the &amp;log</source>
   <translation>显示日志(&amp;L)</translation>
  </message>
  <message>
   <source>Open the log &amp;folder</source>
   <translation>打开日志文件夹(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;About Mien</source>
   <translation>关于 Mien(&amp;A)</translation>
  </message>
 </context>
 <context>
  <name>MessageBanner</name>
  <message>
   <source>Copy details</source>
   <translation>复制详细信息</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>已复制</translation>
  </message>
 </context>
 <context>
  <name>Splits</name>
  <message>
   <source>Training</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>Validation</source>
   <translation>验证</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>测试</translation>
  </message>
 </context>
 <context>
  <name>Worker</name>
  <message>
   <source>Something in Mien went wrong ({name}: {reason}).</source>
   <translation>Mien 出现错误（{name}：{reason}）。</translation>
  </message>
  <message>
   <source>There is not enough memory; close other programs or use a smaller batch.</source>
   <translation>内存不足；请关闭其他程序或减小批大小。</translation>
  </message>
 </context>
</TS>
