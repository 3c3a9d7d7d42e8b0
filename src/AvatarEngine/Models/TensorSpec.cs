namespace Avatar2D.AvatarEngine.Models;

/// <summary>One input or output of a network.</summary>
/// <param name="Name">Its name in the .onnx file.</param>
/// <param name="Dimensions">Sizes after the batch, outermost first.</param>
public sealed record TensorSpec(string Name, IReadOnlyList<int> Dimensions)
{
    /// <summary>Numbers per batch element.</summary>
    public int Length { get; } = Dimensions.Aggregate(1, (product, size) => product * size);

    /// <inheritdoc/>
    public bool Equals(TensorSpec? other) => other is not null && Name == other.Name && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [b,{string.Join(',', Dimensions)}]";
}
