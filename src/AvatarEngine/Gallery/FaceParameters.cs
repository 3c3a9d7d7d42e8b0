using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// One moment of a face: coefficients in the ARKit naming, 0 at rest to 1 at the full movement, and the pose of the head.
/// The default value is the neutral face. Left and right are the person's own: left is at the right of the picture.
/// </summary>
/// <remarks>All members are floats in declaration order, so that a span over them is the vector that models learn.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct FaceParameters
{
    /// <summary>Opening of the jaw; teeth and chin follow.</summary>
    public float JawOpen { get; init; }

    /// <summary>Closing of the lips against an open jaw: lips meet when it equals <see cref="JawOpen"/>.</summary>
    public float MouthClose { get; init; }

    /// <summary>Lips open and pushed forward, as in SH.</summary>
    public float MouthFunnel { get; init; }

    /// <summary>Lips rounded and narrowed, as in UW.</summary>
    public float MouthPucker { get; init; }

    /// <summary>Left corner pulled outwards.</summary>
    public float MouthStretchLeft { get; init; }

    /// <summary>Right corner pulled outwards.</summary>
    public float MouthStretchRight { get; init; }

    /// <summary>Left corner up and outwards.</summary>
    public float MouthSmileLeft { get; init; }

    /// <summary>Right corner up and outwards.</summary>
    public float MouthSmileRight { get; init; }

    /// <summary>Left corner down.</summary>
    public float MouthFrownLeft { get; init; }

    /// <summary>Right corner down.</summary>
    public float MouthFrownRight { get; init; }

    /// <summary>Left half of the upper lip raised.</summary>
    public float MouthUpperUpLeft { get; init; }

    /// <summary>Right half of the upper lip raised.</summary>
    public float MouthUpperUpRight { get; init; }

    /// <summary>Left half of the lower lip lowered.</summary>
    public float MouthLowerDownLeft { get; init; }

    /// <summary>Right half of the lower lip lowered.</summary>
    public float MouthLowerDownRight { get; init; }

    /// <summary>Left halves of the lips pressed together.</summary>
    public float MouthPressLeft { get; init; }

    /// <summary>Right halves of the lips pressed together.</summary>
    public float MouthPressRight { get; init; }

    /// <summary>Upper lip rolled inwards.</summary>
    public float MouthRollUpper { get; init; }

    /// <summary>Lower lip rolled inwards, under the upper teeth in F and V.</summary>
    public float MouthRollLower { get; init; }

    /// <summary>Both cheeks blown out.</summary>
    public float CheekPuff { get; init; }

    /// <summary>Tip of the tongue forward between the teeth, as in TH.</summary>
    public float TongueOut { get; init; }

    /// <summary>Body of the tongue raised, as in L and N.</summary>
    public float TongueUp { get; init; }

    /// <summary>Closing of the left eye.</summary>
    public float EyeBlinkLeft { get; init; }

    /// <summary>Closing of the right eye.</summary>
    public float EyeBlinkRight { get; init; }

    /// <summary>Left lower lid raised.</summary>
    public float EyeSquintLeft { get; init; }

    /// <summary>Right lower lid raised.</summary>
    public float EyeSquintRight { get; init; }

    /// <summary>Left upper lid raised.</summary>
    public float EyeWideLeft { get; init; }

    /// <summary>Right upper lid raised.</summary>
    public float EyeWideRight { get; init; }

    /// <summary>Left eye looks up.</summary>
    public float EyeLookUpLeft { get; init; }

    /// <summary>Right eye looks up.</summary>
    public float EyeLookUpRight { get; init; }

    /// <summary>Left eye looks down.</summary>
    public float EyeLookDownLeft { get; init; }

    /// <summary>Right eye looks down.</summary>
    public float EyeLookDownRight { get; init; }

    /// <summary>Left eye looks to the nose.</summary>
    public float EyeLookInLeft { get; init; }

    /// <summary>Right eye looks to the nose.</summary>
    public float EyeLookInRight { get; init; }

    /// <summary>Left eye looks away from the nose.</summary>
    public float EyeLookOutLeft { get; init; }

    /// <summary>Right eye looks away from the nose.</summary>
    public float EyeLookOutRight { get; init; }

    /// <summary>Inner ends of both brows raised.</summary>
    public float BrowInnerUp { get; init; }

    /// <summary>Outer end of the left brow raised.</summary>
    public float BrowOuterUpLeft { get; init; }

    /// <summary>Outer end of the right brow raised.</summary>
    public float BrowOuterUpRight { get; init; }

    /// <summary>Left brow lowered.</summary>
    public float BrowDownLeft { get; init; }

    /// <summary>Right brow lowered.</summary>
    public float BrowDownRight { get; init; }

    /// <summary>Turn of the head in radians, positive towards the right edge of the picture (sensible to 0.25).</summary>
    public float HeadYaw { get; init; }

    /// <summary>Nod of the head in radians, positive upwards (sensible to 0.2).</summary>
    public float HeadPitch { get; init; }

    /// <summary>Tilt of the head in radians, positive clockwise in the picture.</summary>
    public float HeadRoll { get; init; }

    /// <summary>Shift of the head in widths of the picture, positive to the right.</summary>
    public float HeadShiftX { get; init; }

    /// <summary>Shift of the head in heights of the picture, positive downwards.</summary>
    public float HeadShiftY { get; init; }

    /// <summary>Growth of the head: 0.02 draws it 2 % larger.</summary>
    public float HeadScale { get; init; }

    /// <summary>Lift of chest and shoulders, 0 out to 1 in.</summary>
    public float Breath { get; init; }

    /// <summary>Number of coefficients.</summary>
    public static int Count => Unsafe.SizeOf<FaceParameters>() / sizeof(float);

    /// <summary>Copies the coefficients in declaration order; <paramref name="target"/> holds at least <see cref="Count"/>.</summary>
    public void CopyTo(Span<float> target) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<FaceParameters, float>(ref Unsafe.AsRef(in this)), Count).CopyTo(target);

    /// <summary>The face of <see cref="Count"/> coefficients in declaration order.</summary>
    public static FaceParameters From(ReadOnlySpan<float> values) => MemoryMarshal.Read<FaceParameters>(MemoryMarshal.AsBytes(values));

    /// <summary>Straight mix: 0 gives <paramref name="a"/>, 1 gives <paramref name="b"/>.</summary>
    public static FaceParameters Lerp(in FaceParameters a, in FaceParameters b, float amount) =>
        Combine(a, 1 - amount, b, amount);

    /// <summary>Sum of two faces, as speech laid over idle motion.</summary>
    public static FaceParameters Add(in FaceParameters a, in FaceParameters b) => Combine(a, 1, b, 1);

    /// <summary>The face with every coefficient multiplied.</summary>
    public FaceParameters Times(float factor) => Combine(this, factor, default, 0);

    private static FaceParameters Combine(in FaceParameters a, float ka, in FaceParameters b, float kb)
    {
        Span<float> x = stackalloc float[Count];
        Span<float> y = stackalloc float[Count];
        a.CopyTo(x);
        b.CopyTo(y);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (x[i] * ka) + (y[i] * kb);
        }

        return From(x);
    }
}
