<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>heirloom::MainWindow</name>
    <message numerus="yes">
        <source>One photo is opened at a time. The other %n you find on the start page.</source>
        <translation>
            <numerusform>One photo is opened at a time. The other one you find on the start page.</numerusform>
            <numerusform>One photo is opened at a time. The other %n you find on the start page.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>heirloom::ModelsDialog</name>
    <message numerus="yes">
        <source>Fetch %n model(s) from the network?</source>
        <translation>
            <numerusform>Fetch %n model from the network?</numerusform>
            <numerusform>Fetch %n models from the network?</numerusform>
        </translation>
    </message>
</context>
</TS>
