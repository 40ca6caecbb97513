using Proximal.Tasks;

namespace Proximal.Tests.Tasks;

/// <summary>Instances that the suites must reproduce to the character: suite seed 42, index 0.</summary>
public static class GoldenInstances
{
    public static TheoryData<string, TaskSplit, int, string, string, string?> All => new()
    {
        { "add", TaskSplit.Train, 1, "2+1=?", "3", "2+1+0=3" },
        { "add", TaskSplit.Train, 2, "77+67=?", "144", "7+7+0=14;7+6+1=14" },
        { "add", TaskSplit.Train, 3, "865+687=?", "1552", "5+7+0=12;6+8+1=15;8+6+1=15" },
        { "mul", TaskSplit.Train, 1, "0*6=?", "0", "0*6=0" },
        { "mul", TaskSplit.Train, 2, "44*7=?", "308", "44*7=308" },
        { "mul", TaskSplit.Train, 3, "737*2=?", "1474", "737*2=1474" },
        { "mod", TaskSplit.Train, 1, "mod 11: 6 +4 *7 =?", "4", "6+4=10;10*7=4" },
        { "mod", TaskSplit.Train, 2, "mod 11: 2 -10 +9 +6 =?", "7", "2-10=3;3+9=1;1+6=7" },
        { "mod", TaskSplit.Train, 3, "mod 11: 8 *9 *7 *9 -7 =?", "8", "8*9=6;6*7=9;9*9=4;4-7=8" },
        { "lst", TaskSplit.Train, 1, "sort 8 0 3", "0 3 8", "0|8 3;3|8;8|" },
        { "lst", TaskSplit.Train, 2, "sort 3 3 7 0", "0 3 3 7", "0|3 3 7;3|3 7;3|7;7|" },
        { "lst", TaskSplit.Train, 3, "sort 8 7 9 8 4", "4 7 8 8 9", "4|8 7 9 8;7|8 9 8;8|9 8;8|9;9|" },
        { "rc", TaskSplit.Train, 1, "8*19=?", "152", "8*19=152" },
        { "rc", TaskSplit.Train, 2, "16-(12+14)=?", "-10", "12+14=26;16-26=-10" },
        { "rc", TaskSplit.Train, 3, "(7*(14-4))+8=?", "78", "14-4=10;7*10=70;70+8=78" },
        { "cd", TaskSplit.Train, 1, "cd 6 10 -> 16", "10+6", "10+6=16" },
        { "cd", TaskSplit.Train, 2, "cd 9 4 5 -> 18", "(9+5)+4", "9+5=14;14+4=18" },
        { "cd", TaskSplit.Train, 3, "cd 8 3 9 10 -> 33", "((10+9)-8)*3", "10+9=19;19-8=11;11*3=33" },
        { "sub", TaskSplit.Train, 1, "sub 1 5 8 9 -> 17", "8 9", "take 9 left 8;take 8 left 0" },
        { "sub", TaskSplit.Train, 2, "sub 1 4 6 7 11 -> 8", "1 7", "skip 11;take 7 left 1;skip 6;skip 4;take 1 left 0" },
        { "sub", TaskSplit.Train, 3, "sub 1 2 3 8 9 11 -> 18", "1 8 9", "skip 11;take 9 left 9;take 8 left 1;skip 3;skip 2;take 1 left 0" },
        { "kk", TaskSplit.Train, 1, "A:B!A B:A=K", "A=N B=N", "A=K;B=K x;B=N x;A=N;B=K x;B=N" },
        { "kk", TaskSplit.Train, 2, "A:C=N B:A=K C:B!A", "A=K B=K C=N", "A=K;B=K;C=K x;C=N" },
        { "kk", TaskSplit.Train, 3, "A:C!A B:D!A C:D=N D:A~C", "A=N B=K C=N D=K", "A=K;B=K;C=K x;C=N;D=K x;D=N x;B=N;C=K x;C=N;D=K x;D=N x;A=N;B=K;C=K x;C=N;D=K" },
        { "maze", TaskSplit.Train, 1, "S../.#./#.G", "RRDD", "00;R01;R02;D12;D22" },
        { "maze", TaskSplit.Train, 2, "S.../#.../..../..#G", "RDDRRD", "00;R01;D11;D21;R22;R23;D33" },
        { "maze", TaskSplit.Train, 3, "S..../...../.##../...#./.##.G", "DRRRDRDD", "00;D10;R11;R12;R13;D23;R24;D34;D44" },
        { "zeb", TaskSplit.Train, 1, "2x2: b-q a@2", "1:b p;2:a q", "b-q n2;a@2 n1" },
        { "zeb", TaskSplit.Train, 2, "3x2: q@3 c<p r<b", "1:c r;2:b p;3:a q", "q@3 n12;c<p n2;r<b n1" },
        { "zeb", TaskSplit.Train, 3, "3x3: q!1 b@2 a-r p-w a@1 x!3", "1:a p x;2:b r w;3:c q y", "q!1 n144;b@2 n48;a-r n12;p-w n4;a@1 n2;x!3 n1" },
        { "wp", TaskSplit.Train, 1, "leo has 17 coins. leo buys 4 more. how many coins does leo have?", "21", "17+4=21" },
        { "wp", TaskSplit.Train, 2, "tom has 16 pens. then tom gets 3 times as many. tom gives away 24. how many pens does tom have?", "24", "16*3=48;48-24=24" },
        { "wp", TaskSplit.Train, 3, "mia has 14 apples. then mia gets 2 times as many. then mia gets 2 times as many. then mia gets 3 times as many. how many apples does mia have?", "168", "14*2=28;28*2=56;56*3=168" },
        { "json", TaskSplit.Train, 1, "the name is tom. it is valid. json: name,ok", "{\"name\":\"tom\",\"ok\":true}", "name=tom;ok=true" },
        { "json", TaskSplit.Train, 2, "it costs 65. the item is a bag. there are 6 of them. json: count,item,price", "{\"count\":6,\"item\":\"bag\",\"price\":65}", "count=6;item=bag;price=65" },
        { "json", TaskSplit.Train, 3, "it is void. there are 1 of them. the city is oslo. the item is a pen. json: city,count,item,ok", "{\"city\":\"oslo\",\"count\":1,\"item\":\"pen\",\"ok\":false}", "city=oslo;count=1;item=pen;ok=false" },
        { "add", TaskSplit.Test, 2, "37+63=?", "100", null },
        { "mul", TaskSplit.Test, 2, "67*1=?", "67", null },
        { "mod", TaskSplit.Test, 2, "mod 11: 6 +7 *6 *4 =?", "4", null },
        { "lst", TaskSplit.Test, 2, "sort 9 3 9 6", "3 6 9 9", null },
        { "rc", TaskSplit.Test, 2, "17+(8*18)=?", "161", null },
        { "cd", TaskSplit.Test, 2, "cd 4 8 1 -> 33", "(8*4)+1", null },
        { "sub", TaskSplit.Test, 2, "sub 2 3 4 9 10 -> 5", "2 3", null },
        { "kk", TaskSplit.Test, 2, "A:C=K B:A!B C:B~C", "A=N B=K C=N", null },
        { "maze", TaskSplit.Test, 2, "S.../#.#./.#../#..G", "RRRDDD", null },
        { "zeb", TaskSplit.Test, 2, "3x2: q@3 b<c r!1 a=q", "1:b p;2:c r;3:a q", null },
        { "wp", TaskSplit.Test, 2, "ana has 7 apples. ana buys 2 more. ana splits them into 3 equal boxes and keeps one box. how many apples does ana have?", "3", null },
        { "json", TaskSplit.Test, 2, "the city is rome. there are 4 of them. it costs 80. json: city,count,price", "{\"city\":\"rome\",\"count\":4,\"price\":80}", null },
    };
}
