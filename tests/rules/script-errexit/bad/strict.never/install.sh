#!/bin/bash
az group create --name x --location westeurope
az aks create --name x
