<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>ModelButton</name>
  <message><source>Another model…</source><translation>其他模型…</translation></message>
  <message><source>Model: {name}</source><translation>模型：{name}</translation></message>
 </context>
 <context>
  <name>ModelChooser</name>
  <message><source>the most accurate</source><translation>最准确</translation></message>
  <message><source>the classic one</source><translation>经典网络</translation></message>
  <message><source>for weak computers and many faces</source><translation>适合性能较弱的电脑和多人画面</translation></message>
  <message><source>Choose a model</source><translation>选择模型</translation></message>
  <message><source>With so many faces this computer cannot name every expression in every frame; LightNet is faster and less accurate.</source><translation>人脸太多，这台电脑无法逐帧判断每个表情；LightNet 更快，但准确率较低。</translation></message>
  <message><source>Use LightNet</source><translation>使用 LightNet</translation></message>
  <message><source>Models</source><translation>模型</translation></message>
 </context>
 <context>
  <name>PlayerTab</name>
  <message><source>The network that names the expressions</source><translation>判断表情的网络</translation></message>
 </context>
</TS>
