using System.ComponentModel.DataAnnotations;
using Avatar2D.AvatarEngine.Inference;

namespace Avatar2D.Gateway.Options;

/// <summary>The face model that makes an avatar speak, and where it runs.</summary>
public sealed record EngineOptions
{
    /// <summary>False: no network is loaded; an avatar's source loop is shown as it is.</summary>
    /// <value>Default: true. Unit: true or false.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Folder of the models, one folder each; looked for beside the program too.</summary>
    /// <value>Default: models. Unit: folder path.</value>
    [StringLength(4096, MinimumLength = 1)]
    public string Folder { get; init; } = "models";

    /// <summary>
    /// Model of all avatars that name none of their own: a folder's name, or a name without the number at its end, which takes the
    /// highest number there is.
    /// </summary>
    /// <value>Default: base-robust-standard. Unit: model name.</value>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")]
    public string Model { get; init; } = "base-robust-standard";

    /// <summary>
    /// What runs the networks. auto takes the fastest that starts and says in the log why not another; a provider that fails, at the
    /// start or in the middle of a call, is replaced by the processor.
    /// </summary>
    /// <value>Default: auto. Unit: auto, cpu, cuda, tensorrt.</value>
    public ProviderRequest Provider { get; init; } = ProviderRequest.Auto;

    /// <summary>Number of the GPU, as CUDA counts them.</summary>
    /// <value>Default: 0. Unit: device number.</value>
    [Range(0, 63)]
    public int Device { get; init; }

    /// <summary>Folder in which TensorRT keeps the engines that it builds at its first start. It may be deleted at any time.</summary>
    /// <value>Default: out/engines. Unit: folder path.</value>
    [StringLength(4096, MinimumLength = 1)]
    public string EngineCache { get; init; } = "out/engines";

    /// <summary>
    /// From a voice's sample to the picture that shows its mouth; the sound that is sent back waits as long, so that lips fit. The
    /// network hears 41 to 51 ms ahead; what lies above that is for drawing and for a busy machine. Below that (40 is a low-delay
    /// setting) up to 25 ms of what it would hear are guessed from what came last.
    /// </summary>
    /// <value>Default: 70. Unit: milliseconds.</value>
    [Range(30, 400)]
    public int DelayMs { get; init; } = 70;

    /// <summary><see cref="DelayMs"/> as time.</summary>
    internal TimeSpan Delay => TimeSpan.FromMilliseconds(DelayMs);
}
