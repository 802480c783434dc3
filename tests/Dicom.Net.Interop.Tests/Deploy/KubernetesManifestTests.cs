using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace Dicom.Net.Interop.Tests.Deploy;

/// <summary>
/// The manifest, read by Kubernetes' own client, whose types are made of the cluster's schema: a field that it does not have is an error.
/// Whether a cluster would take it cannot be tried here.
/// </summary>
public sealed class KubernetesManifestTests
{
    private static readonly string Text = File.ReadAllText(DeployFolder.PathOf("kubernetes", "archive.yaml"));

    private readonly List<object> _objects = KubernetesYaml.LoadAllFromString(Text, strict: true);

    private V1Deployment Deployment => _objects.OfType<V1Deployment>().Single();

    private V1PodSpec Pod => Deployment.Spec.Template.Spec;

    private V1Container Container => Pod.Containers.Single();

    [Fact]
    public void Manifest_HasWhatAnArchiveNeeds() => Assert.Equal(
        [nameof(V1Deployment), nameof(V1PersistentVolumeClaim), nameof(V1PodDisruptionBudget), nameof(V1Service)],
        _objects.Select(each => each.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Manifest_FieldThatTheSchemaLacks_WouldBeAnError() => Assert.ThrowsAny<Exception>(() =>
        KubernetesYaml.LoadAllFromString(Text.Replace("replicas:", "replicaz:", StringComparison.Ordinal), strict: true));

    [Fact]
    public void Image_IsTheOneThatTheCommandPushes()
    {
        string Of(string property) => Regex.Match(Text, $@"-p:{property}=(\S+)").Groups[1].Value;

        Assert.Equal($"{Of("ContainerRegistry")}/{Of("ContainerRepository")}:{Of("ContainerImageTag")}", Container.Image);
    }

    [Fact]
    public void Selectors_SelectThePods()
    {
        var labels = Deployment.Spec.Template.Metadata.Labels;
        IDictionary<string, string>[] selectors =
        [
            Deployment.Spec.Selector.MatchLabels, _objects.OfType<V1Service>().Single().Spec.Selector,
            _objects.OfType<V1PodDisruptionBudget>().Single().Spec.Selector.MatchLabels,
            .. Pod.TopologySpreadConstraints.Select(constraint => constraint.LabelSelector.MatchLabels),
        ];

        Assert.All(selectors, selector => Assert.True(selector.Count > 0 && selector.All(labels.Contains)));
    }

    [Fact]
    public void Names_LeadToWhatThereIs()
    {
        var ports = Container.Ports.Select(port => port.Name).ToArray();
        IntOrString[] used =
        [
            Container.ReadinessProbe.TcpSocket.Port, Container.LivenessProbe.TcpSocket.Port, Container.StartupProbe.TcpSocket.Port,
            .. _objects.OfType<V1Service>().Single().Spec.Ports.Select(port => port.TargetPort),
        ];

        Assert.All(used, port => Assert.Contains(port.Value, ports));
        Assert.Equal(Container.VolumeMounts.Select(mount => mount.Name).Order(), Pod.Volumes.Select(volume => volume.Name).Order());
        Assert.Equal(
            _objects.OfType<V1PersistentVolumeClaim>().Single().Metadata.Name,
            Pod.Volumes.Single(volume => volume.PersistentVolumeClaim is not null).PersistentVolumeClaim.ClaimName);
    }

    [Fact]
    public void Ports_AreThoseOfTheProgramsOptions() => Assert.Equal(
        [NumberOf("--port"), NumberOf("--health-port")], Container.Ports.Select(port => port.ContainerPort));

    /// <summary>Ten million files at some 300 a second.</summary>
    [Fact]
    public void Pod_Starts_HasTheTimeThatTheIndexOfALargeFolderTakes()
    {
        var most = Container.StartupProbe.PeriodSeconds * Container.StartupProbe.FailureThreshold;

        Assert.True(most >= TimeSpan.FromHours(10).TotalSeconds);
        Assert.True(Deployment.Spec.ProgressDeadlineSeconds > most + Deployment.Spec.MinReadySeconds);
    }

    [Fact]
    public void Pod_ToldToEnd_HasTheTimeThatItTakes() => Assert.True(
        Pod.TerminationGracePeriodSeconds > Container.Lifecycle.PreStop.Sleep.Seconds + NumberOf("--drain-delay") + NumberOf("--drain"));

    [Fact]
    public void Nodes_AreNeverFewerThanTheBudgetAllows()
    {
        var budget = _objects.OfType<V1PodDisruptionBudget>().Single().Spec.MinAvailable;

        Assert.True(int.Parse(budget.Value, null) < Deployment.Spec.Replicas);
        Assert.Equal("0", Deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        Assert.Contains("ReadWriteMany", _objects.OfType<V1PersistentVolumeClaim>().Single().Spec.AccessModes);
    }

    [Fact]
    public Task Program_KnowsTheOptions() => ProgramOptions.AssertKnownAsync(Text);

    private int NumberOf(string option) => int.Parse(
        Container.Args.Single(argument => argument.StartsWith($"{option}=", StringComparison.Ordinal))[(option.Length + 1)..], null);
}
