"""Marks of short answers by kind, English and Chinese, both what is right and its near misses; labelled by hand."""

import pytest

from assay.questions.question import Question
from assay.scoring import score_answer

# kind -> lines of "question | accepted; accepted | answer | answer | ..."; after "#" the answers that are wrong
TABLE = """
== symbols
Which language is the parser in? | C++ | C++ | It is written in C++. | c++ # C# | C | C+ | It is in C.
Which language is the parser in? | C# | C# | in C# # C++ | C | F#
Which language is the parser in? | C | C | It is C. # C++ | C#
Which framework is used? | .NET | .NET | the .NET framework # NET income
What grade did it get? | A+ | A+ | Grade A+. | It got an A+ # A- | A | B+
What grade did it get? | A- | A- | an A- # A+ | A
Which blood type is it? | O- | O- | It is O-. # O+ | A-
Which operator means and? | && | && | The operator is &&. | "&&" # || | &
Which sign begins a heading? | # | # | "#"
Which service streams it? | Disney+ | on Disney+ | Disney+ # Disney
Which emoji is shown? | 😀 | 😀 # 😢
哪种语言写的？ | C++ | C++ | 用C++写的。 # C# | C
评级是什么？ | A+ | A+ | 评级为A+。 # A- | A
用什么符号表示并且？ | && | && # ||

== units
How much power does it draw? | 5 mW | 5 mW | 5 milliwatts | 0.005 W # 5 MW | 5 W | 5 kW
What pressure is allowed? | 3 MPa | 3 MPa | 3,000 kPa | 3 megapascals # 3 mPa | 3 kPa | 3 Pa
What dose is given? | 10 µg | 10 micrograms | 10 mcg | 0.01 mg | 10 ug # 10 mg | 10 g
How fast may one drive? | 100 km/h | 100 kilometres per hour | 100 kph # 100 mph | 100 m/s | 100 km
How fast is the line? | 5 Gbit/s | 5 Gbps | 5 gigabits per second | 5000 Mbit/s # 5 Mbit/s | 5 GB/s
How large is the disk? | 512 GB | 512 GB | 512 gigabytes # 512 MB | 512 Gb
How big is the plot? | 5 acres | 5 acres | five acres # 5 hectares | 5 square miles
How high is the shelf? | 6 ft | 6 feet | 6 ft. | 72 inches # 6 m | 6 inches
How heavy may it be? | 8 oz | 8 ounces # 8 lb | 8 g
How bright is the lamp? | 800 lumens | 800 lm # 800 lux | 800 W
How long is the delay? | 5 ms | 5 milliseconds | 0.005 s # 5 s | 5 μs
Which voltage? | 5 kV | 5,000 volts | 5 kilovolts # 5 V | 5 mV
How warm is the water? | 60 °C | 60 degrees Celsius | 60 degrees | 60°C # 60 °F | 60 K
How loud is it? | 45 dB | 45 decibels # 45 Hz
How long is the cable? | 2 m | 200 cm | 2 metres | two meters # 2 km | 2 mm | 2 min
What area? | 20 m² | 20 square metres | 20 sq m | 20 m2 # 20 m | 20 m³ | 20 square feet
How many working days? | 10 working days | 10 business days | 10 days | ten working days # 10 calendar days | 10 weeks
How often does it turn? | 33 rpm | 33 RPM # 33 Hz
What is the mass? | 2 furlongs | 2 furlongs # 2 fathoms | 2 yards
How much radiation? | 5 XAU | 5 XAU # 5 XAG
功率是多少？ | 5毫瓦 | 5 mW | 5毫瓦 # 5兆瓦 | 5瓦 | 5千瓦
剂量是多少？ | 10微克 | 10微克 | 10 μg | 0.01毫克 # 10毫克 | 10克
限速是多少？ | 100公里/小时 | 100 km/h | 时速100公里/小时 # 100英里/小时 | 100米/秒
面积多大？ | 5亩 | 5亩 # 5公顷 | 5平方米
多重？ | 5斤 | 2.5公斤 | 5斤 # 5公斤 | 5吨
带宽多少？ | 10 Mbps | 10 Mbps | 10 Mbit/s # 10 Gbps | 10 MB/s
温度是多少？ | 60摄氏度 | 60℃ | 60度 # 60华氏度 | 零下60摄氏度

== money
What does it cost? | $9,500 | 9,500 dollars | USD 9500 | $9.5k | $9,500.00 # €9,500 | $950 | $9.5 million | $95,000
What does it cost? | €12.500 | €12,500 | 12 500 euros | EUR 12500 # €12.50 | €125
How much was lost? | -$1.2 million | ($1.2 million) | minus 1.2 million dollars | -$1,200,000 # $1.2 million | -$1.2 billion
What is the fare? | GBP 3.50 | £3.50 | 3.5 pounds | 350 pence # €3.50 | £35
What is the price? | 1,000.50 | 1.000,50 | 1000.5 # 100050 | 1.0005
How much in rupees? | ₹1,00,000 | 100,000 rupees | INR 100000 # ₹10,000
金额是多少？ | 25元 | 贰拾伍元整 | 二十五元 | 25.00元 | 人民币25元 # 25美元 | 250元 | 贰佰伍拾元整
金额是多少？ | 人民币壹万贰仟元整 | 12000元 | 1.2万元 | ¥12,000 # 1200元 | 12万元
金额是多少？ | 3.5元 | 三元五角 | 3元5角 # 35元 | 3元
奖金是多少？ | 100元 | 壹佰元 | 一百元 # 壹仟元
罚款多少？ | 伍拾万元 | 50万元 | 500000元 # 5万元 | 50元

== numbers
How many? | 25 | twenty-five | 25. | 25¹ | It is 25. [2] # 52 | 250 | see [25] | 2.5
How many were there? | 247.3 million | 247 million | about 247 million | 247,300,000 # 24.7 million | 247 billion | 250 million
What share passed? | 12.4% | 12.4 percent | 12.4 per cent # 124% | 12% | 12.4 percentage points
How many people live there? | 1,234,567 | about 1.23 million | 1,234,567 people | 1.23 million # 1.3 million | 123,456 | 12 million
What share? | 1/2 | 0.5 | half | one half | 50% # 1/3 | 1.2 | 12
What share? | 3/4 | three quarters | 0.75 | 75% | three-quarters # 3.4 | 4/3 | a quarter
What share? | two thirds | 2/3 | 66.7% # 1/3 | 2.3
How many? | a dozen | 12 | twelve | a dozen # 10 | two dozen
In which year was it opened? | 1984 | nineteen eighty-four | 1984 | It opened in 1984. # 1948 | 1985 | 84
How many steps? | 3 | three | There are 3 steps. # 13 | 30 | 3.5
What is the value? | 2 × 10^6 | 2,000,000 | 2 million # 20,000 | 2 × 10^5
How cold is it? | -5 °C | minus 5 degrees Celsius | −5°C | negative 5 °C # 5 °C | -15 °C
How much? | 9500 | \\boxed{9500} | $9{,}500$ | \\boxed{9{,}500} | 9,500 # 500 | 95
比例是多少？ | 三分之一 | 1/3 | 三分之一 # 1/2 | 三分之二 | 3
比例是多少？ | 75% | 四分之三 | 百分之七十五 | 3/4 | 七成五; # 七成 | 25%
多少天？ | 25天 | 廿五天 | 二十五天 | 25 天 # 五天 | 二百五十天 | 15天
有多少人？ | 2.47亿 | 2.47亿人 | 247000000人 | 约2.47亿 # 2.47万 | 24.7亿
多少人？ | 一千零五十 | 1050 | 1,050人 # 1500 | 150
增长多少？ | 30% | 三成 | 百分之三十 # 3% | 30个百分点
温度是多少？ | 零下5度 | -5度 | 负5度 | −5℃ # 5度 | 零下15度

== durations
How long does it take? | 90 minutes | 1 hour 30 minutes | one and a half hours | 1.5 hours | an hour and a half; | 1h 30min # 90 seconds | 1 hour | 1 hour 20 minutes
How long? | 24 hours | 1 day | one day # 1 hour | 2 days
How long? | half a day | 0.5 days | 12 hours # 5 days | a day and a half
How long is the warranty? | 3 years | 36 months | three years | 3-year warranty # 3 months | 36 years
How long? | 2 weeks | a fortnight; 14 days | 14 days | two weeks # 2 days | 2 months
How long? | 18 months | a year and a half | 1.5 years | 1 year 6 months # 18 years
要多久？ | 90分钟 | 1小时30分钟 | 一个半小时 | 1.5小时 # 90秒 | 1小时
要多久？ | 18个月 | 一年半 | 1年6个月 | 一年零六个月 # 18年 | 半年
多久？ | 两周 | 14天 | 2个星期 # 两个月 | 2天

== bounds
How long? | at least 30 days | at least 30 days | a minimum of 30 days | 30 days or more | no less than 30 days | 30 days # less than 30 days | at most 30 days | up to 30 days
How long? | up to 5 days | at most 5 days | no more than 5 days | a maximum of 5 days | 5 days # at least 5 days | more than 5 days
How many? | more than 100 | over 100 | more than 100 people # fewer than 100 | less than 100
How old must one be? | at least 18 | 18 or older | 18 and over | no younger than 18; # under 18 | over 80 | at most 18
How many days? | 25 days | 25 days | up to 25 days # less than 25 days | fewer than 25 days
年假多少天？ | 至少25天 | 不少于25天 | 25天以上 | 最少25天 | 25天 # 不超过25天 | 最多25天 | 少于25天
上限是多少？ | 不超过500元 | 最多500元 | 500元以内 | 至多500元 # 至少500元 | 500元以上 | 超过500元

== ranges
How long? | 20 to 25 days | 20-25 days | between 20 and 25 days | from 20 to 25 days | 20 days to 25 days # 20 days | 25 days | 20 to 35 days | 2 to 25 days
How long? | 25 days | 25 days # 20 to 25 days | 20 or 25 days | 25-30 days
When is it open? | 9 am to 5 pm | 9:00 to 17:00 | from 9 a.m. to 5 p.m. | 9:00-17:00 # 9 am | 9 pm to 5 am | 9 am to 6 pm
On which days? | Monday to Friday | Mon-Fri | from Monday to Friday # Monday and Friday | Monday to Saturday
When did it last? | 1914-1918 | from 1914 to 1918 | 1914 to 1918 | between 1914 and 1918 # 1914 | 1914-1919
What does it cost? | $40-$50 | 40 to 50 dollars | between $40 and $50 # $40 | $45 | $50 to $60
When is it? | 3 to 7 May | 3 May to 7 May | May 3-7; # 3 May | 3 to 8 May
要多久？ | 5到10天 | 5-10天 | 五至十天 | 5天到10天 | 5~10天 # 5天 | 10天 | 5到15天
几点到几点？ | 9点到17点 | 上午9点至下午5点 | 9:00-17:00 # 9点 | 9点到18点
星期几？ | 周一至周五 | 星期一到星期五 # 周一 | 周一至周六

== times
When does it open? | 9 am | 9 a.m. | 9:00 | at nine in the morning; 9 in the morning | 09:00 | 9 o'clock # 9 pm | 10 am | 9:30 am | 21:00
When does it close? | 2:30 pm | 14:30 | 2.30 p.m. | half past two in the afternoon; # 2:30 am | 2 pm | 3:30 pm
When does it start? | noon | 12 pm | 12:00 | midday # midnight | 12 am
When does it start? | 17:00 CET | 5 pm CET | 17:00 # 17:00 EST | 5 am
几点开门？ | 上午9点 | 9:00 | 早上九点 | 9点 # 晚上9点 | 上午10点 | 21:00
几点关门？ | 晚上9点半 | 21:30 | 晚上九点半 # 9:30 | 晚上9点 | 20:30

== dates
When was it signed? | 14 March 2025 | March 14, 2025 | 2025-03-14 | the 14th of March 2025 | 14.03.2025 | Mar 14, 2025 # 15 March 2025 | 14 March 2024 | 14 April 2025
In which year was it signed? | 14 March 2025 | 2025 | In 2025. | March 2025 # 2024 | April 2025
On what date was it signed? | 14 March 2025 | 14 March 2025 # March 2025 | 2025
When was the firm founded? | 12 May 1974 | 1974 | May 1974 | in May of 1974 # 1975 | June 1974
When must it be paid? | 14 March 2025 | by 14 March 2025 # March 2025 | 2025
In which month does it start? | March 2025 | March | in March 2025 # May | April 2025
When did it end? | 1972 | December 14, 1972 | It ended in 1972. # 1973 | December 14, 1973
When does it end? | 31 March 2025 | on 31 March 2025 # 31 March 2025 or 30 April 2025 | 31 March 2025 to 30 April 2026
When was it built? | 300 BC | 300 BC | 300 BCE # 300 AD | 300
On which day? | 5 May | May 5th | the fifth of May; 5 May # before 5 May | 6 May | after 5 May
哪天发布？ | 2025年3月14日 | 2025-03-14 | 二〇二五年三月十四日 | 2025年3月14日发布 # 2025年3月15日 | 2025年3月 | 2024年3月14日
哪一年成立？ | 1974年5月12日 | 1974年 | 1974 # 1975年
哪个月？ | 3月 | 三月 | 3月份 # 5月 | 3日

== versions
Which Python is needed? | Python 3.10 | 3.10 | Python 3.10 | v3.10 # Python 3.1 | 3.11 | Python 3.100 | Java 3.10
Which section? | Section 4.10 | section 4.10 | 4.10 | Sec. 4.10 # Section 4.1 | 4.100 | Section 4.10.2
Which version? | 1.10 | 1.10 | version 1.10 | v1.10 # 1.1 | 1.10.1 | 11.0
Which firmware? | 4.3.0 | firmware 4.3.0 | v4.3.0 # 4.3 | 4.3.1 | 4.30
Which part? | ZN-18 | ZN18 | ZN 18 | the ZN-18 anode # ZN-180 | ZN-8 | ZN-81
What is the phone number? | +47 22 33 44 55 | 22334455 | +47 22334455 | 22 33 44 55 # 22 33 44 56 | +47 22 33 44
What is the price? | 3.10 | 3.1 | 3.10 # 3.01 | 31
哪个版本？ | 3.10 | 3.10 | 版本3.10 | V3.10 # 3.1 | 3.11
哪一节？ | 第4.10节 | 4.10节 | 第4.10节 # 第4.1节 | 4.11

== ordinals
Which floor? | third | the 3rd floor | third floor | 3rd # second | 13th | fourth floor
Which century? | 19th century | the nineteenth century | 19th century # 18th century | 9th century
Which war? | World War II | World War 2 | the Second World War; World War Two # World War I | World War 3
Which king? | Henry VIII | Henry VIII | King Henry VIII # Henry VII | Henry
第几层？ | 第三层 | 第3层 | 第三层 # 第二层 | 第十三层
第几条？ | 第十二条 | 第12条 # 第二条 | 第二十条

== lists
Which colours are there? | red, green and blue | blue, red and green | - red\\n- green\\n- blue | Red; green; blue | red, which is bright, green and also blue | There is green, blue and red. # red and green | red, green, blue and yellow | red
Who are the founders? | Ann Berg and Carl Dahl | Carl Dahl and Ann Berg | Ann Berg, Carl Dahl # Ann Berg | Ann Berg and Carl Moe | Ann Berg, Carl Dahl and Ole Moe
Which months? | March and October | October and March | every March and every October # March | March and November | from March to October
Which bands? | 33 and 210 kHz | 33 kHz and 210 kHz | 210 and 33 kHz # 33 kHz | 33 and 200 kHz
Which countries? | Norway; Sweden | Sweden and Norway | Norway & Sweden # Norway | Norway and Denmark
In which order are the steps done? | wash, rinse, dry | wash, rinse and dry | first wash, then rinse, then dry # dry, rinse, wash
有哪些颜色？ | 红色、绿色和蓝色 | 蓝色、红色、绿色 | 红色，绿色，蓝色 | 有绿色、蓝色以及红色 # 红色和绿色 | 红色、绿色、蓝色和黄色
哪几个月？ | 三月和十月 | 十月和三月 | 3月、10月 # 三月 | 三月和九月

== yes and no
May I work abroad? | no | No. | You may not work abroad. | No, that is not allowed. | It is prohibited. # Yes. | There is no rule against it, so yes. | You may work abroad.
May I work abroad? | yes | Yes, with approval. | Employees no longer need approval. Yes. | You may work abroad. | You can work abroad for 30 days. # No. | You may not work abroad. | It depends. | Ask HR.
Is the statement true? | true | True. | The statement is true. | Yes. # The statement is not true. | false | It is untrue.
Is the statement true? | false | The statement is not true. | False. | It is not correct. # The statement is true. | Yes.
Are pets allowed? | yes | Yes | Pets are allowed. | Pets are allowed in the garden. # Pets are not allowed. | No pets are allowed. | Pets are forbidden.
Is overtime paid? | no | Overtime is not paid. | Overtime is never paid. | No, it is not. # Overtime is paid. | Yes, it is paid.
可以带宠物吗？ | 可以 | 可以。 | 是的，可以带。 | 允许携带宠物。 | 没有规定禁止，所以可以。 # 不可以。 | 不允许带宠物。 | 禁止携带。
可以带宠物吗？ | 不可以 | 不可以。 | 不能。 | 禁止带宠物。 | 否 | 不，宠物不得入内。 # 可以。 | 是的。
需要审批吗？ | 需要 | 需要。 | 是的，需要审批。 | 必须审批。 # 不需要。 | 无需审批。 | 不必。
这句话对吗？ | 对 | 对的。 | 正确。 # 不对。 | 错误。

== denial
How many days? | 25 days | 25 days, not 30 days | Not 20 days but 25 days. # Employees are not entitled to 25 days. | It is no longer 25 days. | No, you do not get 25 days. | Nobody said 25 days; not 25 days | anything but not 25 days
Who approves it? | the manager | The manager approves it. | The manager, not the director. # The manager does not approve it. | not the manager but HR | HR rather than the manager | anyone except the manager | The manager never approves it.
Where is it? | Oslo | in Oslo, not Bergen # not in Oslo | anywhere other than Oslo | It isn't in Oslo.
How long? | 30 days | Not more than 30 days. | Employees who do not travel get 30 days. # It is not 30 days.
Who may not enter? | visitors | Visitors may not enter. | visitors # staff
Is the deposit refundable? | refundable | It is refundable. # non-refundable | not refundable | nonrefundable
How often? | weekly | weekly | once weekly # bi-weekly | biweekly | semi-weekly
Who may come? | employees | employees | all employees # ex-employees | non-employees | former employees
Who signs? | the president | The president signs. # the vice president | the former president
年假多少天？ | 25天 | 25天，不是30天 | 不是30天，而是25天 # 不再是25天 | 员工不享有25天 | 并非25天 | 没有25天
由谁审批？ | 经理 | 由经理审批 | 部门经理 # 经理不审批 | 不是经理 | 而非经理 | 副经理 | 总经理
谁可以参加？ | 员工 | 员工 | 全体员工 # 非员工 | 前员工

== other figures
How many days? | 25 days | 25 days, of which 10 days must be taken in summer. | 25 days (it was 20 days before 2024). | You get 20 days plus 5 extra days, so 25 days. | 25 days including 5 days of carry-over # 25 days or 26 days | 25 days, perhaps 30 days | 20 days to 25 days
What is the fee now? | $50 | The fee rose from $40 to $50. | $50, up from $40 | It was $40 and is $50 now. # $50 or $60 | $50 in Oslo, $60 in Bergen
What does the employee pay? | 40% | 40% (60% is paid by the employer). | 40%, while the employer pays the remaining 60% # 40% or 60%
How many days? | 25 days | The new rule grants 25 days instead of 20 days. | Unlike the 20 days of old, it is 25 days. # 25 days, but 20 days in Oslo
年假多少天？ | 25天 | 25天，其中10天须在夏季休完。 | 25天（2024年前为20天）。 | 从20天增加到25天。 # 25天或26天 | 20到25天 | 上海25天，北京20天
现在多少钱？ | 50元 | 由40元涨到50元 | 原来40元，现在50元 # 50元或60元

== hedges
When is it? | Tuesday | on Tuesday # Tuesday or Wednesday | either Monday or Tuesday
Who is it? | Ann Berg | Ann Berg # Ann Berg or Carl Dahl
When was it? | 1974 | in 1974 # 1974 or 1975 | 1973 or 1974
是哪天？ | 周二 | 星期二 # 周二或周三 | 周一或周二

== names
Who sang it? | Aaron Rodgers | Aaron Charles Rodgers | Rodgers | Mr. Rodgers | It was Aaron Rodgers. # Richard Rodgers | Aaron Smith | Aaron
Who wrote it? | J. R. R. Tolkien | John Ronald Reuel Tolkien | J.R.R. Tolkien | Tolkien | JRR Tolkien # Christopher Tolkien | C. S. Lewis
Who was president? | Franklin D. Roosevelt | Franklin Delano Roosevelt | President Franklin Roosevelt | Roosevelt # Theodore Roosevelt | Eleanor Roosevelt
Who was president? | George W. Bush | George Walker Bush | George W. Bush | President Bush # George H. W. Bush | Jeb Bush
Who discovered it? | Wilhelm Conrad Röntgen, of Germany | Wilhelm Röntgen | Wilhelm Conrad Röntgen | Röntgen # Wilhelm Wien | Conrad
Who is in charge? | Dr. Jane Smith | Jane Smith | Dr Smith | Prof. Jane Smith # John Smith | Jane Smithson | Jane
Who is in charge? | Jane Smith | Jane A. Smith | Ms. Smith # Mark Smith | Smith Jones
Who is John Berg's brother? | Peter Berg | Peter Berg | Peter # Berg | John Berg
Who preached? | Martin Luther King Jr. | Martin Luther King | Martin Luther King, Jr. | Dr. King # Martin Luther | Coretta Scott King
Who nailed it? | Martin Luther | Martin Luther # Martin Luther King
Who ruled? | Elizabeth II | Queen Elizabeth II | Elizabeth II # Elizabeth I | Elizabeth
Who reigned? | Pyotr Tchaikovsky | Pyotr Tchaikovski | Tchaikovsky # Pyotr Stolypin
Who wrote it? | Lars Rasmussen | Lars Rasmusen | Rasmussen # Lars Hansen | Lars Rask
Who wrote Birdsong? | Faulks | Faulks1. | Sebastian Faulks # Fox
谁写的？ | 威廉·莎士比亚 | 莎士比亚 | 威廉·莎士比亚 # 威廉·华兹华斯 | 莎士
谁发现的？ | 威廉·康拉德·伦琴 | 威廉·伦琴 | 伦琴 # 威廉·维恩
负责人是谁？ | 张伟 | 张伟 | 由张伟负责 | 张伟经理 # 张伟明 | 张三 | 王伟

== words
Who sang it? | the Beatles | Beatles | The Beatles sang it. # Beach Boys
What was it? | dog, mixed breed | a mixed breed dog | mixed-breed dog | dog # cat, mixed breed | breed
Where is it? | Oslo, Norway | Oslo | in Oslo, Norway # Norway | Bergen, Norway
Which body? | WHO (World Health Organization) | WHO | the World Health Organization | World Health Organisation # WTO
Which body? | World Health Organization | WHO | the World Health Organization (WHO) # World Trade Organization
Which country? | United States | the US | USA | U.S. | United States of America # United Kingdom | United Arab Emirates
What colour is the roof? | red roof | red | a red roof # blue roof | roof
Who may enter? | staff member | staff members | a staff member # visitors
What is needed? | passwords | a password | password # passport
Which word? | colour | color | colours # cooler
How is it paid? | bank transfer | by bank transfer | via banktransfer # bank card
Which battle? | Battle of Hastings in 1066 | the Battle of Hastings | Battle of Hastings, 1066 # Battle of Bosworth
How many countries joined? | none | no countries | No country joined. | zero | None. | 0 # two countries | 3 | all
How many errors were found? | 0 | no errors | zero errors | None # 10 | one error
Which agreement? | cooperation agreement | co\u00adop\u00ader\u00ada\u00adtion agree\u00adment | a co-operation agreement # competition agreement
Who pays? | employee | the employee | employees # employer
What is imported? | nitrate | nitrates # nitrite
Which land? | Niger | Niger # Nigeria
Which land? | Austria | Austria # Australia
What was it made of? | sugar | sugar # sugar-free
Who approves it? | the CEO | <think>the manager?</think>The CEO | the CEO # <think>Maybe the CEO? No.</think>the manager
Where does it go? | to Oslo | to Oslo | Oslo # from Oslo
When? | before lunch | before lunch # after lunch
哪个部门？ | 人力资源部 | 人力资源部 | 请联系人力资源部。 # 财务部 | 资源部
在哪里？ | 在奥斯陆 | 奥斯陆 | 位于奥斯陆 # 卑尔根
有多少国家加入？ | 没有 | 没有国家加入 | 零 | 0个 # 两个国家 | 3个
是什么颜色？ | 红色的 | 红色 | 红色的 # 绿色
协议叫什么？ | 合作协议 | 《合作协议》 | “合作协议” # 竞争协议
能退吗？ | 可退 | 可退 # 不可退
多久一次？ | 年度 | 年度 # 半年度
"""


def _rows() -> list[tuple[str, str, tuple[str, ...], str, bool]]:
    rows, kind = [], ""
    for line in TABLE.strip().splitlines():
        if line.startswith("=="):
            kind = line.strip("= ")
        elif line.strip():
            question, accepted, rest = (part.strip() for part in line.split(" | ", 2))
            right, _, wrong = rest.partition(" # ") if not rest.startswith("# ") else _after_sign(rest)
            answers = tuple(one.strip() for one in accepted.split("; ")) if "Norway;" not in accepted else (accepted,)
            for said, is_right in ((right, True), (wrong, False)):
                for answer in said.split(" | "):
                    if answer.strip() and not answer.strip().endswith(";"):
                        for one in answer.split("; ") if kind != "lists" else [answer]:
                            rows.append((kind, question, answers, one.strip().replace("\\n", "\n"), is_right))
    return rows


def _after_sign(rest: str) -> tuple[str, str, str]:
    right, _, wrong = rest[1:].partition(" # ")
    return "#" + right, "", wrong


@pytest.mark.parametrize(("kind", "question", "accepted", "answer", "is_right"), _rows())
def test_marks(kind: str, question: str, accepted: tuple[str, ...], answer: str, is_right: bool) -> None:
    score = score_answer(answer, Question("q", question, accepted))
    assert score.correct is is_right, score.reason
