namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>y[o, j, :] = x[o, indices[j], :] with x [outer, length, inner].</summary>
    public void SelectRows(float* x, int* indices, float* y, int outer, int length, int count, int inner)
    {
        SelectRowsWork job = new() { Many = x, Few = y, Indices = indices, Length = length, Count = count, Inner = inner };
        Workers.For(outer * count, ItemsPerRange(inner), ref job);
    }

    /// <summary>x[o, indices[j], :] += y[o, j, :] in the order of j.</summary>
    public void AddSelectedRows(float* y, int* indices, float* x, int outer, int length, int count, int inner)
    {
        AddSelectedRowsWork job = new() { Many = x, Few = y, Indices = indices, Length = length, Count = count, Inner = inner };
        Workers.For(outer, ItemsPerRange((long)count * inner), ref job);
    }

    /// <summary>y[o, j, i] (+)= x[o, indices[o, j, i], i] with x [outer, length, inner] and y [outer, count, inner].</summary>
    public void GatherAlong(float* x, int* indices, float* y, int outer, int length, int count, int inner, bool accumulate)
    {
        AlongWork job = new() { Many = x, Few = y, Indices = indices, Length = length, Count = count, Inner = inner, Accumulate = accumulate };
        Workers.For(outer, ItemsPerRange((long)count * inner), ref job);
    }

    /// <summary>x[o, indices[o, j, i], i] += y[o, j, i], or = y[o, j, i], in the order of j.</summary>
    public void ScatterAlong(float* y, int* indices, float* x, int outer, int length, int count, int inner, bool accumulate)
    {
        AlongWork job = new()
        {
            Many = x,
            Few = y,
            Indices = indices,
            Length = length,
            Count = count,
            Inner = inner,
            Accumulate = accumulate,
            Scatter = true,
        };
        Workers.For(outer, ItemsPerRange((long)count * inner), ref job);
    }

    /// <summary>
    /// The gradient of a scatter that overwrites: dy[o, j, i] (+)= dx[o, indices[o, j, i], i] for the last j that wrote there and 0 for the others;
    /// dx is zeroed wherever something was written.
    /// </summary>
    public void ScatterGradient(float* dx, int* indices, float* dy, int outer, int length, int count, int inner, bool accumulate)
    {
        ScatterGradientWork job = new() { Many = dx, Few = dy, Indices = indices, Length = length, Count = count, Inner = inner, Accumulate = accumulate };
        Workers.For(outer, ItemsPerRange((long)count * inner), ref job);
    }

    private struct SelectRowsWork : IRangeWork
    {
        public float* Many;
        public float* Few;
        public int* Indices;
        public int Length;
        public int Count;
        public int Inner;

        public readonly void Run(int start, int end, int worker)
        {
            for (int item = start; item < end; item++)
            {
                (int outer, int j) = Math.DivRem(item, Count);
                CopyRow(Many + ((((long)outer * Length) + Indices[j]) * Inner), Few + ((long)item * Inner), Inner, accumulate: false);
            }
        }
    }

    private struct AddSelectedRowsWork : IRangeWork
    {
        public float* Many;
        public float* Few;
        public int* Indices;
        public int Length;
        public int Count;
        public int Inner;

        public readonly void Run(int start, int end, int worker)
        {
            for (int outer = start; outer < end; outer++)
            {
                for (int j = 0; j < Count; j++)
                {
                    AddRow(Few + ((((long)outer * Count) + j) * Inner), Many + ((((long)outer * Length) + Indices[j]) * Inner), Inner);
                }
            }
        }
    }

    private struct AlongWork : IRangeWork
    {
        public float* Many;
        public float* Few;
        public int* Indices;
        public int Length;
        public int Count;
        public int Inner;
        public bool Accumulate;
        public bool Scatter;

        public readonly void Run(int start, int end, int worker)
        {
            for (int outer = start; outer < end; outer++)
            {
                float* many = Many + ((long)outer * Length * Inner);
                for (int j = 0; j < Count; j++)
                {
                    long at = (((long)outer * Count) + j) * Inner;
                    for (int i = 0; i < Inner; i++)
                    {
                        float* place = many + ((long)Indices[at + i] * Inner) + i;
                        float* from = Scatter ? Few + at + i : place;
                        float* to = Scatter ? place : Few + at + i;
                        *to = Accumulate ? *to + *from : *from;
                    }
                }
            }
        }
    }

    private struct ScatterGradientWork : IRangeWork
    {
        public float* Many;
        public float* Few;
        public int* Indices;
        public int Length;
        public int Count;
        public int Inner;
        public bool Accumulate;

        public readonly void Run(int start, int end, int worker)
        {
            for (int outer = start; outer < end; outer++)
            {
                float* many = Many + ((long)outer * Length * Inner);
                for (int j = Count - 1; j >= 0; j--)
                {
                    long at = (((long)outer * Count) + j) * Inner;
                    for (int i = 0; i < Inner; i++)
                    {
                        float* place = many + ((long)Indices[at + i] * Inner) + i;
                        if (Few != null)
                        {
                            Few[at + i] = Accumulate ? Few[at + i] + *place : *place;
                        }

                        *place = 0;
                    }
                }
            }
        }
    }
}
