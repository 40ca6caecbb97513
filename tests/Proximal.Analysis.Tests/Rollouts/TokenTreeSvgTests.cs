using System.Xml.Linq;
using Proximal.Analysis.Rollouts;
using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;

namespace Proximal.Analysis.Tests.Rollouts;

public sealed class TokenTreeSvgTests
{
    private static readonly SymbolTokenizer Tokenizer = new("0123456789+=&\n", ["<eos>", "<calc>", "</calc>", "<obs>", "</obs>"]);

    [Fact]
    public void Every_segment_has_a_box_with_origin_tokens_and_text()
    {
        TokenTree tree = new(Tokenizer.Encode("37+5="));
        int call = tree.Branch(0, SegmentOrigin.Policy, Tokenizer.Encode("<calc>37+5</calc>")).Index;
        int observation = tree.Branch(call, SegmentOrigin.Environment, Tokenizer.Encode("<obs>42</obs>")).Index;
        tree.Branch(observation, SegmentOrigin.Policy, Tokenizer.Encode("42<eos>")).End = EndReason.Finished;
        tree.Branch(0, SegmentOrigin.Policy, Tokenizer.Encode("4&\n")).End = EndReason.Truncated;

        string svg = TokenTreeSvg.Write(tree, Tokenizer);
        string[] texts = [.. XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Equal(["prompt, masked", "policy, trained", "environment, masked"], texts[..3]);
        Assert.Equal(
            [
                "prompt \u00b7 5 tokens", "37+5=", "policy \u00b7 6 tokens", "<calc>37+5</calc>", "environment \u00b7 4 tokens", "<obs>42</obs>", "policy \u00b7 3 tokens, finished", "42<eos>",
                "policy \u00b7 3 tokens, truncated", "4&\u21b5",
            ],
            texts[3..]);
        Assert.Equal(4, svg.Split("<path").Length - 1);
    }

    [Fact]
    public void Boxes_do_not_overlap_and_lie_inside()
    {
        TokenTree tree = new(Tokenizer.Encode(new string('1', 200)));
        for (int i = 0; i < 5; i++)
        {
            int parent = 0;
            for (int depth = 0; depth <= i % 3; depth++)
            {
                parent = tree.Branch(parent, depth % 2 == 0 ? SegmentOrigin.Policy : SegmentOrigin.Environment, Tokenizer.Encode(new string('2', 1 + (i * 20)))).Index;
            }
        }

        XElement root = XDocument.Parse(TokenTreeSvg.Write(tree, Tokenizer)).Root!;
        double[][] boxes = [.. root.Elements().Where(e => e.Name.LocalName == "rect" && (string?)e.Attribute("rx") == "6").Select(e => new[] { "x", "y", "width", "height" }.Select(name => (double)e.Attribute(name)!).ToArray())];
        Assert.Equal(tree.Segments.Count, boxes.Length);
        foreach (double[] box in boxes)
        {
            Assert.True(box[0] >= 0 && box[1] >= 40 && box[0] + box[2] <= (double)root.Attribute("width")! && box[1] + box[3] <= (double)root.Attribute("height")!);
            Assert.DoesNotContain(boxes, other => other != box && box[0] < other[0] + other[2] && other[0] < box[0] + box[2] && box[1] < other[1] + other[3] && other[1] < box[1] + box[3]);
        }
    }
}
