namespace Avatar2D.AvatarEngine.Models;

/// <summary>The tensors of one network, in the order of its manifest.</summary>
/// <param name="Inputs">What goes in.</param>
/// <param name="Outputs">What comes out.</param>
public sealed record NetworkSpec(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs);
