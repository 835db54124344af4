namespace Descent.Autodiff.Operations;

/// <summary>Einstein sums of one or two tensors, made of permutations, one batched product and sums.</summary>
static class Contraction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One tensor: letters left out of the result are summed over.</summary>
    public static Var<T> Of(string spec, Var<T> x)
    {
        (string[] inputs, string output) = Parse(spec, 1);
        Check(spec, inputs[0], x.Shape);
        Letters(spec, output, inputs[0]);
        string summed = new([.. inputs[0].Where(c => !output.Contains(c, StringComparison.Ordinal))]);
        Var<T> ordered = x.Permute([.. (output + summed).Select(c => inputs[0].IndexOf(c, StringComparison.Ordinal))]);
        int[] sizes = [.. output.Select(c => x.Shape[inputs[0].IndexOf(c, StringComparison.Ordinal)])];
        return summed.Length == 0
            ? ordered
            : ordered.Reshape(new Shape(Product(sizes), x.Shape.Length == 0 ? 0 : x.Shape.Length / Math.Max(1, Product(sizes)))).SumLast()
                .Reshape(new Shape(sizes));
    }

    /// <summary>Two tensors: letters of both that stay are batches, letters of both that go are contracted.</summary>
    public static Var<T> Of(string spec, Var<T> a, Var<T> b)
    {
        (string[] inputs, string output) = Parse(spec, 2);
        string left = inputs[0], right = inputs[1];
        Check(spec, left, a.Shape);
        Check(spec, right, b.Shape);
        Letters(spec, output, left + right);
        Dictionary<char, int> size = [];
        foreach (var (letters, shape) in new[] { (left, a.Shape), (right, b.Shape) })
        {
            for (int i = 0; i < letters.Length; i++)
                if (size.TryGetValue(letters[i], out int known) && known != shape[i])
                    throw new ArgumentException($"Einsum '{spec}': '{letters[i]}' is {known} in one tensor and {shape[i]} in the other; "
                        + $"shapes {a.Shape} and {b.Shape}.");
                else size[letters[i]] = shape[i];
        }
        // What only one of them has and the result has not is summed away first.
        (a, left) = Reduce(a, left, output + right);
        (b, right) = Reduce(b, right, output + left);
        string batch =
            new([.. left.Where(c => right.Contains(c, StringComparison.Ordinal) && output.Contains(c, StringComparison.Ordinal))]);
        string inner =
            new([.. left.Where(c => right.Contains(c, StringComparison.Ordinal) && !output.Contains(c, StringComparison.Ordinal))]);
        string rows = new([.. left.Where(c => !right.Contains(c, StringComparison.Ordinal))]),
            columns = new([.. right.Where(c => !left.Contains(c, StringComparison.Ordinal))]);
        int Size(string letters) => Product([.. letters.Select(c => size[c])]);
        Var<T> x = a.Permute(Order(batch + rows + inner, left)).Reshape(new Shape(Size(batch), Size(rows), Size(inner)));
        Var<T> y = b.Permute(Order(batch + inner + columns, right)).Reshape(new Shape(Size(batch), Size(inner), Size(columns)));
        string made = batch + rows + columns;
        return BatchedProduct<T>.Of(x, y, false, false).Reshape(new Shape([.. made.Select(c => size[c])])).Permute(Order(output, made));
    }

    static (Var<T>, string) Reduce(Var<T> x, string letters, string needed)
    {
        string kept = new([.. letters.Where(c => needed.Contains(c, StringComparison.Ordinal))]);
        return kept == letters ? (x, letters) : (Of($"{letters}->{kept}", x), kept);
    }

    static int[] Order(string wanted, string letters) => [.. wanted.Select(c => letters.IndexOf(c, StringComparison.Ordinal))];

    static int Product(int[] sizes) => sizes.Aggregate(1, (p, s) => p * s);

    static (string[] Inputs, string Output) Parse(string spec, int tensors)
    {
        string[] halves = spec.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] inputs = halves[0].Split(',');
        if (halves.Length != 2 || inputs.Length != tensors)
            throw new ArgumentException($"Einsum '{spec}': expected {(tensors == 1 ? "ij->ji" : "ij,jk->ik")} with one letter a "
                + $"dimension, {tensors} tensor{(tensors == 1 ? "" : "s")}.");
        return (inputs, halves[1]);
    }

    static void Check(string spec, string letters, Shape shape)
    {
        if (letters.Length != shape.Rank || letters.Distinct().Count() != letters.Length || !letters.All(char.IsAsciiLetter))
            throw new ArgumentException(
                $"Einsum '{spec}': '{letters}' does not name the {shape.Rank} dimensions of shape {shape}, each by a letter of its own.");
    }

    static void Letters(string spec, string output, string known)
    {
        if (output.Distinct().Count() != output.Length || output.Any(c => !known.Contains(c, StringComparison.Ordinal)))
            throw new ArgumentException($"Einsum '{spec}': the result '{output}' needs letters of the tensors, each once.");
    }
}
