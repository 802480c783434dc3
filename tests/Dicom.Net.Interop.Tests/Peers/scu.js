// An SCU on dcmjs-dimse: `node scu.js PORT CALLED REQUEST …`. It sends the requests, each given as JSON, one after the other over one
// association, and tells each response. An N-EVENT-REPORT that comes meanwhile it tells, too, and answers with success and the same data
// set. Exit code 0: the association was accepted and released.
//   {"service": "CEcho"}   {"service": "CStore", "file": …}
//   {"service": "NGet", "sopClass": …, "instance": …, "attributes": [keyword …]}
//   {"service": "NSet", "sopClass": …, "instance": …, "elements": {…}}, NCreate alike, NDelete without elements
//   {"service": "NAction", "sopClass": …, "instance": …, "type": …, "elements": {…}}, NEventReport alike, with the role of the SCP
'use strict';
const { Client, Dataset, constants, log, requests, responses } = require('dcmjs-dimse');
const { tell } = require('./messages.js');

log.setLevel('warn');

const [port, called, ...wanted] = process.argv.slice(2);

const make = {
  CEcho: () => new requests.CEchoRequest(),
  CStore: ({ file }) => new requests.CStoreRequest(file),
  NGet: ({ sopClass, instance, attributes }) => new requests.NGetRequest(sopClass, instance, attributes),
  NSet: ({ sopClass, instance }) => new requests.NSetRequest(sopClass, instance),
  NAction: ({ sopClass, instance, type }) => new requests.NActionRequest(sopClass, instance, type),
  NEventReport: ({ sopClass, instance, type }) => new requests.NEventReportRequest(sopClass, instance, type),
  NCreate: ({ sopClass, instance }) => new requests.NCreateRequest(sopClass, instance),
  NDelete: ({ sopClass, instance }) => new requests.NDeleteRequest(sopClass, instance),
};

const client = new Client();
const descriptions = wanted.map((text) => JSON.parse(text));
for (const description of descriptions) {
  const request = make[description.service](description);
  if (description.elements) {
    request.setDataset(new Dataset(description.elements));
  }

  request.on('response', (response) => tell(`${description.service}Response`, response));
  client.addRequest(request);
}

client.on('nEventReportRequest', (request, respond) => {
  tell('NEventReportRequest', request);
  const response = responses.NEventReportResponse.fromRequest(request);
  response.setStatus(constants.Status.Success);
  if (request.getDataset()) {
    response.setDataset(new Dataset({ ...request.getDataset().getElements() }));
  }

  respond(response);
});

// Client has no means to propose roles (PS3.7 §D.3.3.4): its contexts are changed on their way.
function proposeBothRoles() {
  const { network } = client;
  const { sendAssociationRequest } = network;
  network.sendAssociationRequest = (association) => {
    for (const { id } of association.getPresentationContexts()) {
      association.getPresentationContext(id).setUserRole(true);
      association.getPresentationContext(id).setProviderRole(true);
    }

    sendAssociationRequest.call(network, association);
  };
}

// Events are the SCP's to report.
if (descriptions.some(({ service }) => service === 'NEventReport')) {
  client.on('connected', proposeBothRoles);
}

process.exitCode = 1;
client.on('associationReleased', () => (process.exitCode = 0));
client.on('associationRejected', ({ result, source, reason }) => console.log(`Rejected: ${result}, ${source}, ${reason}`));
client.on('networkError', (error) => {
  console.log(error.message);
  process.exit(1);
});
client.send('127.0.0.1', Number(port), 'DCMJS', called);
