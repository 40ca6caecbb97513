namespace Proximal.Models.Tokenizers;

/// <summary>The tokens and merges of a byte-level BPE model.</summary>
internal sealed class BytePairVocabulary
{
    private readonly Dictionary<string, int>? wholePieces;
    private readonly int[] tokenOfByte;

    /// <summary>Creates a vocabulary.</summary>
    /// <param name="table">The bytes of each token.</param>
    /// <param name="tokenOfByte">The token of each of the 256 bytes.</param>
    /// <param name="merges">Pairs that merge, with rank and result.</param>
    /// <param name="wholePieces">All tokens by their text in the byte alphabet, where a piece that is a token is not merged (<c>ignore_merges</c>); else null.</param>
    public BytePairVocabulary(
        TokenTable table,
        int[] tokenOfByte,
        IReadOnlyDictionary<(int Left, int Right), (int Rank, int Result)> merges,
        Dictionary<string, int>? wholePieces)
    {
        Table = table;
        this.tokenOfByte = tokenOfByte;
        Merges = merges;
        this.wholePieces = wholePieces;
    }

    public TokenTable Table { get; }

    public IReadOnlyDictionary<(int Left, int Right), (int Rank, int Result)> Merges { get; }

    public int TokenOfByte(byte value) => tokenOfByte[value];

    public bool TryFindWhole(ReadOnlySpan<byte> piece, out int token)
    {
        token = 0;
        return wholePieces is not null && wholePieces.TryGetValue(ByteAlphabet.Text(piece), out token);
    }
}
