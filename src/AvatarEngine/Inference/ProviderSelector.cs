namespace Avatar2D.AvatarEngine.Inference;

/// <summary>Chooses an execution provider: first by what the runtime was built with, then by what starts. Pure but for the trial.</summary>
internal static class ProviderSelector
{
    /// <summary>Tries candidates in order of speed and takes the first that starts; the processor always does or throws.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="available">Providers that the runtime was built with, in ONNX Runtime's names.</param>
    /// <param name="start">Loads the networks on a provider; throws when that does not work.</param>
    /// <param name="isProviderFault">Whether an exception of <paramref name="start"/> may be the provider's fault.</param>
    public static (ProviderChoice Choice, T Started) Select<T>(
        ProviderRequest request, IReadOnlyCollection<string> available, Func<ExecutionProvider, T> start, Func<Exception, bool> isProviderFault)
    {
        var refused = new List<string>();
        foreach (ExecutionProvider provider in Candidates(request))
        {
            if (!available.Contains(RuntimeName(provider)))
            {
                refused.Add($"{provider}: this build of ONNX Runtime has it not (build with -p:OnnxRuntime=Gpu)");
                continue;
            }

            try
            {
                return (new ProviderChoice(provider, Reason(request, provider, refused), IsLess(request, provider, refused)), start(provider));
            }
            catch (Exception exception) when (provider != ExecutionProvider.Cpu && isProviderFault(exception))
            {
                refused.Add($"{provider}: {FirstLine(exception.Message)}");
            }
        }

        return (new ProviderChoice(ExecutionProvider.Cpu, Reason(request, ExecutionProvider.Cpu, refused), IsLess(request, ExecutionProvider.Cpu, refused)),
            start(ExecutionProvider.Cpu));
    }

    /// <summary>ONNX Runtime's name of a provider.</summary>
    public static string RuntimeName(ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cuda => "CUDAExecutionProvider",
        ExecutionProvider.TensorRt => "TensorrtExecutionProvider",
        _ => "CPUExecutionProvider",
    };

    private static ExecutionProvider[] Candidates(ProviderRequest request) => request switch
    {
        ProviderRequest.Cpu => [],
        ProviderRequest.Cuda => [ExecutionProvider.Cuda],
        _ => [ExecutionProvider.TensorRt, ExecutionProvider.Cuda],
    };

    // Asked for nothing in particular, a build without GPU providers gives all there is; a GPU build whose GPU fails gives less.
    private static bool IsLess(ProviderRequest request, ExecutionProvider provider, List<string> refused) => request switch
    {
        ProviderRequest.Cpu => false,
        ProviderRequest.Auto => refused.Exists(r => !r.Contains("this build", StringComparison.Ordinal)),
        ProviderRequest.Cuda => provider != ExecutionProvider.Cuda,
        _ => provider != ExecutionProvider.TensorRt,
    };

    private static string Reason(ProviderRequest request, ExecutionProvider provider, List<string> refused)
    {
        string asked = request == ProviderRequest.Auto ? "the fastest that works" : $"{request} was asked for";
        return refused.Count == 0 ? $"{provider}: {asked}" : $"{provider}: {asked}; not {string.Join("; not ", refused)}";
    }

    private static string FirstLine(string message)
    {
        int end = message.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
