namespace Avatar2D.AvatarEngine.Models;

/// <summary>Checks that a model was made with the conventions and shapes that this program serves.</summary>
internal static class ModelConventions
{
    /// <summary>
    /// Channels of the decoder's field, at half the window's resolution: flow u, v of the closed reference, flow u, v of the open one
    /// (patch pixels), weights of closed, open and colour (their sum is 1).
    /// </summary>
    public const int FieldChannels = 7;

    /// <summary>
    /// Channels of the decoder's paint, at half the window's resolution: 4 c + 2 y + x holds red, green, blue or mask (c) of the pixel
    /// (x, y) of a cell's 2 x 2, 0 ... 1.
    /// </summary>
    public const int PaintChannels = 16;

    private const double TemplateTolerancePx = 1e-3;

    /// <summary>Throws for the first thing that does not fit.</summary>
    /// <exception cref="ModelException">Corrupt or made with other conventions.</exception>
    public static void Check(ModelManifest manifest, string origin)
    {
        if (manifest.Mel != MelParameters.Serving)
            throw Mismatch($"{origin}: mel parameters {manifest.Mel} are not those served, {MelParameters.Serving}.");
        if (!manifest.ExplicitCodes.SequenceEqual(MotionCode.ExplicitNames))
            throw Mismatch($"{origin}: explicit codes are {string.Join(' ', manifest.ExplicitCodes)}, not {string.Join(' ', MotionCode.ExplicitNames)}.");
        if (manifest.CodeCount is < MotionCode.ExplicitCount or > 256)
            throw Mismatch($"{origin}: {manifest.CodeCount} codes are no motion code.");
        double[] template = [.. CanonicalPatch.Template.SelectMany(p => new double[] { p.X, p.Y })];
        if (template.Length != manifest.Template.Count || template.Zip(manifest.Template).Any(t => Math.Abs(t.First - t.Second) > TemplateTolerancePx))
            throw Mismatch($"{origin}: the alignment's template is not the one served.");
        if (manifest.PatchPx is < 32 or > 512 || manifest.PatchPx % 16 != 0)
            throw Mismatch($"{origin}: patches of {manifest.PatchPx} px are not served: 32 to 512, a multiple of 16.");
        PatchWindow window = manifest.Window;
        if (window.Side < 16 || window.Side % 16 != 0 || window.Left < 0 || window.Top < 0
            || window.Side > manifest.PatchPx - window.Left || window.Side > manifest.PatchPx - window.Top)
            throw Mismatch($"{origin}: a window of {window.Side} px at {window.Left},{window.Top} is not served: inside the patch, a multiple of 16.");
        foreach (string network in NetworkNames.Required)
        {
            if (!manifest.Networks.ContainsKey(network))
                throw Mismatch($"{origin}: the model has no network '{network}'.");
        }

        CheckShapes(manifest, origin);
    }

    private static void CheckShapes(ModelManifest manifest, string origin)
    {
        int size = manifest.PatchPx;
        NetworkSpec encoder = manifest.Networks[NetworkNames.SourceEncoder];
        NetworkSpec decoder = manifest.Networks[NetworkNames.Decoder];
        NetworkSpec audio = manifest.Networks[NetworkNames.AudioEncoder];
        MelParameters mel = manifest.Mel;
        var code = new TensorSpec("z", [manifest.CodeCount]);
        Require("source_encoder inputs", encoder.Inputs, [new("pictures", [9, size, size])]);
        Require("decoder inputs", decoder.Inputs, [.. encoder.Outputs, code]);
        int half = manifest.Window.Side / 2;
        Require("decoder outputs", decoder.Outputs, [new("field", [FieldChannels, half, half]), new("paint", [PaintChannels, half, half])]);
        Require("audio_encoder inputs", audio.Inputs, [new("mel", [1, mel.Bands, mel.FramesPerWindow])]);
        Require("audio_encoder outputs", audio.Outputs, [code]);

        void Require(string what, IReadOnlyList<TensorSpec> found, IReadOnlyList<TensorSpec> expected)
        {
            if (!found.SequenceEqual(expected))
                throw Mismatch($"{origin}: {what} are {string.Join(", ", found)}, expected {string.Join(", ", expected)}.");
        }
    }

    private static ModelException Mismatch(string message) => new(ModelFault.Mismatch, message);
}
