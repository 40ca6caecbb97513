using System.Globalization;
using System.Text;

namespace Proximal.Worlds.Knowledge;

/// <summary>
/// The closed vocabulary of generated worlds: a token is a word. A name is a head and a tail, <c> Kar-dor</c>, of 64 each. Written out, words begin with a space, tails with a hyphen, and digits and
/// punctuation are single characters: no token begins within another, so that a text has one reading, the longest token at each place, whichever tokens it was made of.
/// </summary>
public static class KnowledgeVocabulary
{
    /// <summary>Syllables that names begin with, and as many that they end with.</summary>
    public const int Syllables = 64;

    /// <summary>Pictures that a world can have.</summary>
    public const int Pictures = 512;

    /// <summary>Languages of countries.</summary>
    public const int Languages = 12;

    private static readonly string[] Heads = Combine("KVMTSBDR", ["ar", "el", "in", "os", "un", "ai", "eo", "yl"], " ");
    private static readonly string[] Tails = Combine("ldmnrvts", ["a", "en", "or", "is", "um", "ai", "eth", "ox"], "-");

    private static readonly string[] TypeWords = ["person", "city", "company", "work", "university", "river", "country", "award"];

    private static readonly string[][] PredicateWords =
    [
        ["born_in", "native_of"], ["lives_in", "resides_in"], ["works_for", "employed_by"], ["studied_at", "alumnus_of"], ["spouse", "married_to"], ["located_in", "lies_in"],
        ["capital", "seat"], ["based_in", "quartered_in"], ["founded_by", "started_by"], ["campus_in", "grounds_in"], ["created_by", "made_by"], ["won", "received"], ["set_in", "takes_place_in"],
        ["awarded_in", "given_in"], ["flows_through", "crosses"], ["birth_year", "born_when"], ["founded_year", "founded_when"], ["release_year", "released_when"], ["population", "inhabitants"],
        ["language", "tongue"],
    ];

    private static readonly string[][] InverseWords =
    [
        ["birthplace_of", "bore"], ["home_of", "houses"], ["employs", "hires"], ["taught", "educated"], ["spouse_of", "partner_of"], ["contains", "includes"], ["capital_of", "seat_of"],
        ["hosts", "shelters"], ["founder_of", "starter_of"], ["campus_of", "grounds_of"], ["creator_of", "maker_of"], ["won_by", "received_by"], ["setting_of", "scene_of"], ["awards", "gives"],
        ["crossed_by", "passed_by"],
    ];

    private static readonly string[] LanguageWords = ["arnic", "belic", "corish", "dunic", "estran", "farsal", "gothal", "havic", "istrian", "jutish", "kelvic", "lomian"];

    private static readonly string[] Landmarks = ["tower", "bridge", "castle", "temple", "harbour", "fountain", "statue", "market", "garden", "windmill", "lighthouse", "arena"];
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "white", "black", "orange", "purple"];
    private static readonly string[] Flags = ["striped", "crossed", "starred", "checked", "plain", "quartered", "bordered", "spotted", "halved", "waved"];
    private static readonly string[] Faces = ["bearded", "shaven"];
    private static readonly string[] Hats = ["hatted", "bareheaded"];

    private static readonly List<string> Texts = [];
    private static readonly Dictionary<string, int> Tokens = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup;
    private static readonly int Longest;
    private static readonly int FirstType, FirstPredicate, FirstInverse, FirstLanguage, FirstDigit, FirstStop, FirstHead, FirstTail, FirstLandmark, FirstColour, FirstFlag, FirstFace, FirstHat, FirstPicture, FirstBase;

    static KnowledgeVocabulary()
    {
        AddAll(";", ".", ",", ":", "?", "[", "]");
        FirstDigit = AddAll([.. "0123456789".Select(digit => digit.ToString())]);
        AddWords("yes", "no", "none");
        FirstType = AddWords(TypeWords);
        FirstPredicate = AddWords([.. PredicateWords.SelectMany(words => words)]);
        FirstInverse = AddWords([.. InverseWords.SelectMany(words => words)]);
        FirstLanguage = AddWords(LanguageWords);
        FirstStop = AddWords(
            "it", "was", "seen", "near", "old", "new", "quiet", "often", "said", "while", "then", "here", "there", "some", "people", "come", "by", "way", "over", "time", "long", "day", "light", "stone");
        AddWords("what", "is", "the", "of", "which", "and", "one", "has", "or", "earlier", "largest", "name", "every", "answer");
        AddWords("invalid", "such", "id", "budget", "noted");
        FirstHead = AddAll(Heads);
        FirstTail = AddAll(Tails);
        PlainCount = Texts.Count;
        FirstBase = AddWords("text", "table", "image");
        AddWords("shown", "in");
        FirstLandmark = AddWords(Landmarks);
        FirstColour = AddWords(Colours);
        FirstFlag = AddWords(Flags);
        FirstFace = AddWords(Faces);
        FirstHat = AddWords(Hats);
        FirstPicture = AddWords([.. Enumerable.Range(0, Pictures).Select(picture => FormattableString.Invariant($"img_{picture:000}"))]);
        Lookup = Tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        Longest = Texts.Max(text => text.Length);
        Semicolon = Token(";");
        Stop = Token(".");
        Comma = Token(",");
        Colon = Token(":");
        QuestionMark = Token("?");
        The = Word("the");
        None = Word("none");
    }

    /// <summary>Number of tokens, those of pictures included.</summary>
    public static int Count => Texts.Count;

    /// <summary>Number of tokens without those of pictures: the first ones.</summary>
    public static int PlainCount { get; }

    /// <summary>The token that separates answers.</summary>
    public static int Semicolon { get; }

    /// <summary>The token that ends a sentence.</summary>
    public static int Stop { get; }

    /// <summary>The token between the cells of a row, and between the names of knowledge bases.</summary>
    public static int Comma { get; }

    /// <summary>The token between an attribute and its value, and between a title and its document.</summary>
    public static int Colon { get; }

    /// <summary>The token that ends a question.</summary>
    public static int QuestionMark { get; }

    /// <summary>The article, which answers may do without.</summary>
    public static int The { get; }

    /// <summary>The answer that there is none.</summary>
    public static int None { get; }

    /// <summary>The text of a token.</summary>
    public static string Text(int token) => Texts[token];

    /// <summary>The texts of all tokens.</summary>
    /// <param name="pictures">Whether to include those of pictures.</param>
    public static IReadOnlyList<string> Symbols(bool pictures) => pictures ? Texts : Texts[..PlainCount];

    /// <summary>The token of a text.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static int Token(string text) => Tokens[text];

    /// <summary>The token of a word.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static int Word(string word) => Tokens[" " + word];

    /// <summary>The word of a type.</summary>
    public static int Type(EntityType type) => FirstType + (int)type;

    /// <summary>A word of a predicate: <paramref name="synonym"/> 0 or 1.</summary>
    public static int Of(Predicate predicate, int synonym = 0) => FirstPredicate + (2 * (int)predicate) + synonym;

    /// <summary>A word of a relation read from its object: <paramref name="synonym"/> 0 or 1.</summary>
    public static int Inverse(Predicate relation, int synonym = 0) => FirstInverse + (2 * (int)relation) + synonym;

    /// <summary>The predicate that a token is a word of.</summary>
    public static Predicate? PredicateOf(int token) => token >= FirstPredicate && token < FirstInverse ? (Predicate)((token - FirstPredicate) / 2) : null;

    /// <summary>The relation that a token is a word of when read from the object.</summary>
    public static Predicate? InverseOf(int token) => token >= FirstInverse && token < FirstLanguage ? (Predicate)((token - FirstInverse) / 2) : null;

    /// <summary>A language.</summary>
    public static int Language(int number) => FirstLanguage + number;

    /// <summary>A word that says nothing, of 24.</summary>
    public static int Filler(int number) => FirstStop + number;

    /// <summary>A digit.</summary>
    public static int Digit(int digit) => FirstDigit + digit;

    /// <summary>The beginning of a name.</summary>
    public static int Head(int syllable) => FirstHead + syllable;

    /// <summary>The end of a name.</summary>
    public static int Tail(int syllable) => FirstTail + syllable;

    /// <summary>Whether a token is punctuation.</summary>
    public static bool IsPunctuation(int token) => token < FirstDigit;

    /// <summary>Whether a token ends names.</summary>
    public static bool IsTail(int token) => token >= FirstTail && token < FirstTail + Syllables;

    /// <summary>Whether a token begins names.</summary>
    public static bool IsHead(int token) => token >= FirstHead && token < FirstTail;

    /// <summary>The name of a knowledge base: text, table, image.</summary>
    public static int Base(int number) => FirstBase + number;

    /// <summary>The number of the knowledge base that a token names.</summary>
    public static int? BaseOf(int token) => token >= FirstBase && token < FirstBase + 3 ? token - FirstBase : null;

    /// <summary>The token of a picture.</summary>
    public static int Picture(int number) => FirstPicture + number;

    /// <summary>The number of the picture that a token stands for.</summary>
    public static int? PictureOf(int token) => token >= FirstPicture && token < Count ? token - FirstPicture : null;

    /// <summary>What can be seen in a picture: twelve kinds of landmark.</summary>
    public static int Landmark(int number) => FirstLandmark + (number % Landmarks.Length);

    /// <summary>What can be seen in a picture: eight colours.</summary>
    public static int Colour(int number) => FirstColour + (number % Colours.Length);

    /// <summary>What can be seen in a picture: patterns of flags.</summary>
    public static int Flag(int number) => FirstFlag + (number % (FirstFace - FirstFlag));

    /// <summary>What can be seen in a picture: a beard or none.</summary>
    public static int Face(int number) => FirstFace + (number % Faces.Length);

    /// <summary>What can be seen in a picture: a hat or none.</summary>
    public static int Hat(int number) => FirstHat + (number % Hats.Length);

    /// <summary>The digits of a number, the most significant first.</summary>
    public static int[] Number(int value) => [.. value.ToString(CultureInfo.InvariantCulture).Select(digit => FirstDigit + (digit - '0'))];

    /// <summary>Reads digits as a number of at most nine; null where they are none.</summary>
    public static int? ReadNumber(ReadOnlySpan<int> tokens)
    {
        int value = 0;
        foreach (int token in tokens)
        {
            if (token < FirstDigit || token > FirstDigit + 9)
            {
                return null;
            }

            value = (10 * value) + (token - FirstDigit);
        }

        return tokens.Length is > 0 and <= 9 ? value : null;
    }

    /// <summary>Writes tokens out.</summary>
    public static string Write(ReadOnlySpan<int> tokens)
    {
        StringBuilder text = new();
        foreach (int token in tokens)
        {
            text.Append(Texts[token]);
        }

        return text.ToString();
    }

    /// <summary>Reads a text; spaces at its ends and a missing one before its first word do not matter.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <returns>Its tokens, or null where a piece of it is no token.</returns>
    public static int[]? Read(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            return [];
        }

        string spaced = char.IsAsciiLetter(trimmed[0]) ? " " + trimmed.ToString() : trimmed.ToString();
        List<int> tokens = [];
        for (int at = 0; at < spaced.Length;)
        {
            int length = Math.Min(Longest, spaced.Length - at), token = -1;
            while (length > 0 && !Lookup.TryGetValue(spaced.AsSpan(at, length), out token))
            {
                length--;
            }

            if (length == 0)
            {
                return null;
            }

            tokens.Add(token);
            at += length;
        }

        return [.. tokens];
    }

    private static string[] Combine(string onsets, string[] rimes, string prefix) => [.. onsets.SelectMany(onset => rimes.Select(rime => prefix + onset + rime))];

    private static int AddWords(params string[] words) => AddAll(Array.ConvertAll(words, word => " " + word));

    private static int AddAll(params string[] texts)
    {
        int first = Texts.Count;
        foreach (string text in texts)
        {
            Tokens.Add(text, Texts.Count);
            Texts.Add(text);
        }

        return first;
    }
}
