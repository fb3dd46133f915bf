<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys of the Player</source>
        <translation>播放器的按键</translation>
    </message>
    <message>
        <source>Mien</source>
        <translation>Mien</translation>
    </message>
    <message>
        <source>BORIS</source>
        <translation>BORIS</translation>
    </message>
    <message>
        <source>BORIS: the keys that people know from that program for coding behaviour</source>
        <translation>BORIS：该行为编码软件中人们熟悉的按键</translation>
    </message>
    <message>
        <source>Keys as in</source>
        <translation>按键方案</translation>
    </message>
    <message>
        <source>All as delivered</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Press a key</source>
        <translation>按下一个键</translation>
    </message>
    <message>
        <source>Use only this</source>
        <translation>只用此键</translation>
    </message>
    <message>
        <source>Add this</source>
        <translation>添加此键</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不设按键</translation>
    </message>
    <message>
        <source>Choose an action, click the field, and press the key it shall have.</source>
        <translation>选择一项操作，点击输入框，然后按下想要的键。</translation>
    </message>
    <message>
        <source>{key} is needed to move between the parts of the window.</source>
        <translation>{key} 用于在窗口各部分之间移动，不能使用。</translation>
    </message>
    <message>
        <source>{key} belongs to the whole window: {action}.</source>
        <translation>{key} 属于整个窗口：{action}。</translation>
    </message>
    <message>
        <source>{key} belongs to: {action}.</source>
        <translation>{key} 属于：{action}。</translation>
    </message>
    <message>
        <source>{key} does that already.</source>
        <translation>{key} 已经用于此操作。</translation>
    </message>
    <message>
        <source>{key} will be taken from: {action}.</source>
        <translation>{key} 将从以下操作移走：{action}。</translation>
    </message>
</context>
</TS>
