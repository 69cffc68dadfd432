<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>heirloom::Triage</name>
    <message numerus="yes">
        <source>Colour: none; %n face(s)</source>
        <translation>
            <numerusform>Colour: none; %n face</numerusform>
            <numerusform>Colour: none; %n faces</numerusform>
        </translation>
    </message>
</context>
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
<context>
    <name>heirloom::RecoveryController</name>
    <message numerus="yes">
        <source>%n step(s) of &quot;%1&quot; were damaged on the disk and are left out.</source>
        <translation>
            <numerusform>%n step of &quot;%1&quot; was damaged on the disk and is left out.</numerusform>
            <numerusform>%n steps of &quot;%1&quot; were damaged on the disk and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s), the last %1</source>
        <translation>
            <numerusform>%n step, %1</numerusform>
            <numerusform>%n steps, the last %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos were not saved when Heirloom stopped:</source>
        <translation>
            <numerusform>%n photo was not saved when Heirloom stopped:</numerusform>
            <numerusform>%n photos were not saved when Heirloom stopped:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
