using Proximal.Recipes;

namespace Proximal.Runs.Tests.Recipes;

public sealed class ComponentTests
{
    private static readonly Seam Shapes = new("Shapes");

    [Fact]
    public void Seams_of_one_name_are_the_same() => Assert.Equal(new Seam("Shapes"), Shapes);

    [Fact]
    public void A_catalog_refuses_a_component_of_another_seam()
    {
        ComponentDefinition<string, NoOptions> circle = Define("circle", new Seam("Colors"));
        Assert.Contains("'circle' belongs to Colors, not to Shapes", Assert.Throws<ArgumentException>(() => new ComponentCatalog<string>(Shapes).Add(circle)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalog_refuses_a_key_that_is_taken()
    {
        ComponentCatalog<string> catalog = new ComponentCatalog<string>(Shapes).Add(Define("circle", Shapes));
        Assert.Contains("Shapes already has a component 'circle'", Assert.Throws<ArgumentException>(() => catalog.Add(Define("circle", Shapes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_made_in_code_is_made_as_it_is()
    {
        ComponentChoice choice = ComponentChoice.Of(Shapes, "mine", "a triangle", weight: 0.5);
        Assert.Same("a triangle", choice.Create<string>());
        Assert.Equal(0.5, choice.Weight);
        Assert.Contains("'mine' is a component of Shapes and makes no Version", Assert.Throws<InvalidOperationException>(() => choice.Create<Version>()).Message, StringComparison.Ordinal);
    }

    private static ComponentDefinition<string, NoOptions> Define(string key, Seam seam) => new(new ComponentInfo(key, seam, "A shape.", "", ""), NoOptions.Schema, _ => key);
}
