using System.Buffers;
using System.Text;
using System.Text.Json;
using Proximal.Studio.Rollouts;
using Proximal.Studio.Web;

namespace Proximal.Studio.Tests;

public sealed class ObjectiveTests
{
    [Fact]
    public async Task The_objective_comes_as_mathematics_and_in_words()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => _ = new TestRun(folder, "run"));
        JsonElement objective = await studio.GetAsync("/api/runs/run/objective");
        Assert.Equal("math", objective.GetProperty("loss")[0].GetString());
        Assert.Contains("advantage", objective.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetProperty("role").GetString()));
        Assert.NotEmpty(objective.GetProperty("text").GetString()!);
    }

    [Fact]
    public void Only_presentation_passes_into_mathematics() => Assert.Equal(
        """["math",{"display":"block"},["mi",{},"x"],["mrow",{},"alert(1)"],["mo",{"stretchy":"false"},"("],["mrow",{}]]""",
        Write("""<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" onclick="x"><mi href="javascript:x">x</mi><script>alert(1)</script><mo stretchy="false">(</mo><maction/></math>"""));

    [Fact]
    public void Texts_are_cut_between_characters()
    {
        Assert.Equal("a", CutText.Start("a\U0001F600b", 2));
        Assert.Equal("a\U0001F600", CutText.Start("a\U0001F600b", 3));
        Assert.Equal("b", CutText.Range("\U0001F600b", 1, 3));
    }

    private static string Write(string markup)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            MathJson.Write(json, markup);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
